package dev.portcullis.gateway.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.springframework.http.MediaType;

/** All files of the page for people who look around, each at the one path it is served at. */
final class PageFiles {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);
  private static final MediaType SCRIPT =
      new MediaType("text", "javascript", StandardCharsets.UTF_8);
  private static final MediaType SVG = new MediaType("image", "svg+xml");

  private static final Map<String, MediaType> OWN =
      Map.ofEntries(
          Map.entry("page.css", CSS),
          Map.entry("icon.svg", SVG),
          Map.entry("page.js", SCRIPT),
          Map.entry("api.js", SCRIPT),
          Map.entry("callers.js", SCRIPT),
          Map.entry("chart.js", SCRIPT),
          Map.entry("elements.js", SCRIPT),
          Map.entry("rates.js", SCRIPT),
          Map.entry("reasons.js", SCRIPT),
          Map.entry("routes.js", SCRIPT),
          Map.entry("status.js", SCRIPT),
          Map.entry("traffic.js", SCRIPT));
  private static final Map<String, MediaType> OF_THE_CHART =
      Map.of("uPlot.esm.js", SCRIPT, "uPlot.min.css", CSS);

  private PageFiles() {}

  /** The files by path. */
  static Map<String, PageFile> all() {
    Map<String, PageFile> files = new TreeMap<>();
    files.put("/", PageFile.of(HTML, "page/index.html"));
    OWN.forEach((name, type) -> files.put("/page/" + name, PageFile.of(type, "page/" + name)));
    String chart = "/META-INF/resources/webjars/uplot/" + chartVersion() + "/dist/";
    OF_THE_CHART.forEach(
        (name, type) -> files.put("/page/" + name, PageFile.of(type, chart + name)));
    return files;
  }

  /** Which uPlot the class path has; its files are at a path with that in it. */
  private static String chartVersion() {
    String resource = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    try (InputStream in =
        Objects.requireNonNull(PageFiles.class.getResourceAsStream(resource), resource)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.portcullis.gateway;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser that a test drives, where this machine has one: Chromium, and for Playwright a Node.js
 * that is new enough.
 */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
  private static final int NODE = 20;
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);

  /** Starts it; the test is skipped where there is none, unless PORTCULLIS_CHROMIUM=required. */
  static Chromium start() {
    Optional<Path> chromium =
        Program.onPath("chromium").or(() -> Program.onPath("chromium-browser"));
    Optional<Path> node = Program.onPath("node").filter(Chromium::isNewEnough);
    Program.required(
        chromium.isPresent() && node.isPresent(),
        "PORTCULLIS_CHROMIUM",
        "chromium",
        "node of version " + NODE);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.orElseThrow().toString())));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    // As root it starts in no other way; it is shown nothing but our own page.
                    .setArgs(List.of("--no-sandbox"))));
  }

  private static boolean isNewEnough(Path node) {
    try {
      Process process = new ProcessBuilder(node.toString(), "--version").start();
      Matcher version =
          VERSION.matcher(
              new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      return version.matches() && Integer.parseInt(version.group(1)) >= NODE;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}

package dev.portcullis.gateway.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.policy.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as it is served, to whoever asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageFilesTest {
  private static final Pattern POINTER =
      Pattern.compile("(?:from '\\.|(?:src|href)=\"/page)(/[^'\"]+)['\"]");

  private final TestClock clock = new TestClock();
  private final ControlPlane plane = new ControlPlane(new InMemoryStore(clock), clock);
  private final Asker anybody = Asker.withoutToken(plane.uri());

  @AfterAll
  void stop() {
    plane.close();
  }

  static Stream<String> paths() {
    return PageFiles.all().keySet().stream();
  }

  @Test
  void areTheseAndNoOthers() {
    assertThat(paths())
        .containsExactlyInAnyOrder(
            "/",
            "/page/api.js",
            "/page/callers.js",
            "/page/chart.js",
            "/page/elements.js",
            "/page/icon.svg",
            "/page/page.css",
            "/page/page.js",
            "/page/rates.js",
            "/page/reasons.js",
            "/page/routes.js",
            "/page/status.js",
            "/page/traffic.js",
            "/page/uPlot.esm.js",
            "/page/uPlot.min.css");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void mayLoadAndAskNothingButTheControlPlane(String path) {
    Asker.Answer answer = anybody.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(type(path));
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "js" -> "text/javascript;charset=UTF-8";
      case "css" -> "text/css;charset=UTF-8";
      case "svg" -> "image/svg+xml";
      default -> "text/html;charset=UTF-8";
    };
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areReadAndNothingElse(String path) {
    Asker.Answer head = anybody.send("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.response().body()).isEmpty();
    assertThat(head.header("Content-Length"))
        .isEqualTo(Integer.toString(anybody.get(path).response().body().getBytes(UTF_8).length));
    assertThat(anybody.post(path, "{}").status()).isEqualTo(405);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areNotSentAgainToWhoeverHasThem(String path) {
    String tag = anybody.get(path).header("ETag");
    Asker.Answer again = anybody.adding("If-None-Match", tag).get(path);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    assertThat(anybody.adding("If-None-Match", "\"other\"").get(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areNotForAPageOfAnotherOrigin(String path) {
    anybody.adding("Sec-Fetch-Site", "cross-site").get(path).isRefusal(403);
    anybody.adding("Origin", "https://evil.example.org").get(path).isRefusal(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/favicon.ico",
        "/page",
        "/page/",
        "/page/index.html",
        "/page/other.js",
        "/page/page.js/",
        "/page/PAGE.js",
        "/page//page.js",
        "/page/%2e%2e/openapi.json",
        "/page/..%2fopenapi.json",
        "/page/page.js%00",
        "/webjars/uplot/1.6.30/dist/uPlot.esm.js",
        "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.esm.js",
      })
  void areFoundNowhereElse(String path) {
    anybody.get(path).isRefusal(404);
  }

  @Test
  void pointOnlyAtOneAnother() {
    Set<String> found = new TreeSet<>(Set.of("/"));
    paths()
        .filter(path -> !path.contains("uPlot"))
        .flatMap(path -> POINTER.matcher(text(path)).results())
        .forEach(pointer -> found.add("/page" + pointer.group(1)));
    assertThat(found).containsExactlyElementsOf(paths().toList());
  }

  @Test
  void haveNoScriptOrStyleInTheirMarkup() {
    assertThat(text("/"))
        .doesNotContainPattern("(?i)<script(?![^>]* src=\"/page/)|<style|\\s(on\\w+|style)\\s*=");
  }

  @Test
  void areNoUseWithoutAToken() {
    for (String path : List.of("/v1/status", "/v1/routes", "/v1/routes/callers?route=x")) {
      anybody.get(path).isRefusal(401);
    }
  }

  @Test
  void sayEachReasonInPlainWords() {
    String words = text("/page/reasons.js");
    assertThat(Stream.of(Reason.values()).map(Reason::name))
        .allSatisfy(reason -> assertThat(words).containsPattern("\n  " + reason + ": '[^']+',"));
  }

  private String text(String path) {
    return anybody.get(path).response().body();
  }
}

package dev.portcullis.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that would be markup, were they taken for it, in a real browser. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookAroundTextTest {
  private static final String EVIL = "<img src=x onerror=alert(1)>";

  /** A value, or an item of a list, that is a text and no time. */
  private static final Pattern TEXT = Pattern.compile("([:\\[,])\"(?!20\\d\\d-)[^\"]*\"(?!:)");

  private static final String PROBLEM =
      "{\"at\":\"2026-06-01T12:00:00Z\",\"problems\":[\"x\"],\"more\":0}";
  private static final String CALLERS =
      """
      {"route":"x","public":false,"items":[\
      {"id":"x","kind":"x","organization":"x","enabled":true,"reach":"some"}],\
      "examined":1,"next":null}\
      """;

  private final Chromium chromium = Chromium.start();
  private final TestBed bed;

  LookAroundTextTest(TestBed bed) {
    this.bed = bed;
  }

  @AfterAll
  void stop() {
    chromium.close();
  }

  @Test
  void showsEveryTextAsText() {
    try (LookAroundPage page = LookAroundPage.open(chromium, bed.gateway())) {
      page.page().route(Pattern.compile("/v1/"), LookAroundTextTest::poison);
      page.enter(GatewayProcess.OPERATOR_TOKEN);
      page.tells(EVIL);
      page.page().locator("#routes button").first().click();
      assertThat(page.page().locator(".people")).containsText(EVIL);
      for (String id :
          new String[] {"reasons", "facts", "decisions", "caches", "problem", "routes"}) {
        assertThat(page.one(id)).containsText(EVIL);
      }
      assertThat(page.page().locator("img:not(header img), [onerror]")).hasCount(0);
      assertThat(page.asked()).noneMatch(url -> url.endsWith("/x"));
      page.keep("injection");
    }
  }

  /** Puts markup in the place of every text but the times. */
  private static void poison(Route route) {
    String json =
        route.request().url().contains("/callers")
            ? CALLERS
            : route
                .fetch()
                .text()
                .replaceFirst("\"decisions\":\\{(\"?)", "\"decisions\":{\"" + EVIL + "\":1,$1")
                .replace(":1,}", ":1}")
                .replace("\"lastProblem\":null", "\"lastProblem\":" + PROBLEM);
    route.fulfill(
        new Route.FulfillOptions()
            .setStatus(200)
            .setContentType("application/json")
            .setBody(TEXT.matcher(json).replaceAll("$1\"" + EVIL + "\"")));
  }
}

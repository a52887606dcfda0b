package dev.portcullis.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import dev.portcullis.gateway.TestBed.Issued;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What there is to see, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookAroundTest {
  private static final String POLICY =
      """
      api: look
      upstream: UPSTREAM
      credentials: [bearer]
      email: optional
      limits: [1000 per minute]
      roles: {reader: ["look:read"], half: ["look/one/*:read"]}
      routes:
        - {match: GET /look/open, public: true}
        - {match: GET /look/x, scopes: ["look:read"]}
        - {match: "GET /look/items/{item}", scopes: ["look/{item}/parts:read"], limit: 10 per second per token}
        - {match: POST /look/x, scopes: ["look:create"], shadow: true}
      """;

  private final Chromium chromium = Chromium.start();
  private final TestBed bed = TestBed.start("--portcullis.redis.timeout=1s");

  LookAroundTest() {
    bed.follow(bed.located(POLICY));
    bed.user("lou", "\"organization\":\"acme\",\"scopes\":[\"look:read\",\"look/one/*:read\"]");
    bed.principal("bot", "service-account", "\"scopes\":[\"look:*\"]");
  }

  @AfterAll
  void stop() {
    bed.close();
    chromium.close();
  }

  private LookAroundPage enter() {
    return LookAroundPage.entered(chromium, bed.gateway());
  }

  /** Requests of each of these kinds, so many times. */
  private void traffic(int times, Issued token) {
    for (int i = 0; i < times; i++) {
      bed.ask("GET /look/x", token.bearer());
      bed.ask("GET /look/x", token.bearer());
      bed.ask("GET /look/x");
      bed.ask("GET /look/x", token.bearer(), "Email: nobody@example.org");
      bed.ask("GET /nothing");
    }
  }

  @Test
  void showsWhatIsDecidedAsItHappens() {
    Issued token = bed.token("lou", "look:read");
    try (LookAroundPage page = enter()) {
      page.tells("reading", "At .*: no requests");
      long before = bed.gateway().decisions().getOrDefault("ALLOWED", 0L);
      traffic(10, token);
      assertThat(page.decision("ALLOWED"))
          .containsText(Pattern.compile("20" + (before + 20) + "$"));
      for (String reason : new String[] {"CREDENTIALS_MISSING", "EMAIL_MISMATCH", "NO_ROUTE"}) {
        assertThat(page.decision(reason)).containsText(Pattern.compile("10\\d\\d$"));
      }
      assertThat(page.tile("allowed")).containsText("20 in 5 min");
      assertThat(page.tile("refused")).containsText("30 in 5 min, 60.0 %");
      await().until(() -> page.dots("--allowed") > 50);
      await().until(() -> page.dots("--slot-0") > 20 && page.dots("--slot-1") > 20);
      page.page().getByLabel("Refused only").check();
      assertThat(page.dots("--allowed")).isZero();
      assertThat(page.tile("cache")).containsText(Pattern.compile("\\d %"));
      page.page().getByLabel("Refused only").uncheck();
      traffic(5, token);
      page.tells("reading", "At .* ALLOWED.*");
      page.keep("traffic");
    }
  }

  @Test
  void showsWhyItIsDegradedAndThatItNoLongerIs() {
    try (LookAroundPage page = enter()) {
      Outage.KILLED.begin(bed);
      try {
        page.tells("Degraded");
        page.tells("reasons", ".*Store d.* since .*: .*Redis.*");
        page.keep("degraded");
      } finally {
        Outage.KILLED.end(bed);
      }
      page.tells("Serving");
    }
  }

  @Test
  void showsWhatIsWrongWithPoliciesByFileAndLine() {
    try (LookAroundPage page = enter()) {
      bed.gateway().write(bed.located(POLICY).replace("public: true", "publik: true"));
      page.tells("Degraded");
      page.tells("problem", ".*look.yaml:8: .*publik.*");
      page.keep("unsound");
      bed.follow(bed.located(POLICY).replace("/look/open", "/look/new"));
      page.tells("Serving");
      assertThat(page.one("problem")).isHidden();
      assertThat(page.one("routes")).containsText("/look/new");
    } finally {
      bed.follow(POLICY);
    }
  }

  @Test
  void showsRoutesAndWhoMayCallThem() {
    try (LookAroundPage page = enter()) {
      page.tells("routes-note", "5 of 5 routes");
      Locator filter = page.page().getByLabel("Filter");
      filter.fill("look shadow");
      page.tells("routes-note", "1 of 5 routes");
      filter.fill("half");
      Locator row = page.page().locator("#routes tr[data-route]");
      assertThat(row).hasCount(1);
      assertThat(row).containsText("GET");
      assertThat(row).containsText("look/{item}/parts:read");
      assertThat(row).containsText("10 per second; 1000 per minute");
      assertThat(row).containsText("half (some)");
      row.locator("button").press("Enter");
      Locator callers = page.page().locator(".callers");
      assertThat(callers).containsText("lou");
      assertThat(callers).containsText("user, of acme, for some values of the path only");
      assertThat(callers).not().containsText("bot");
      page.keep("callers");
      filter.fill("/look/open");
      row.locator("button").click();
      assertThat(callers).containsText("Anybody: the route is public.");
      row.locator("button").click();
      assertThat(callers).hasCount(0);
    }
  }

  @Test
  void fitsANarrowWindow() {
    try (LookAroundPage page = enter()) {
      page.page().setViewportSize(400, 800);
      page.page().locator("tr[data-route='look:GET /look/x'] button").click();
      assertThat(page.page().locator(".people li").first()).isVisible();
      page.keep("narrow");
      assertThat(page.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
    }
  }

  @Test
  void asksNothingWhileNobodyLooks() {
    try (LookAroundPage page = enter()) {
      page.page().clock().install();
      page.page().reload();
      page.tells("Serving");
      look(page, true);
      int before = page.asked().size();
      page.page().clock().runFor(60_000);
      assertThat(page.asked()).hasSize(before);
      look(page, false);
      await().until(() -> page.asked().size() > before);
    }
  }

  private static void look(LookAroundPage page, boolean away) {
    page.page()
        .evaluate(
            """
            hidden => {
              Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """,
            away);
  }

  @Test
  void countsOnThroughARestartAndNotThroughAGap() {
    try (LookAroundPage page = enter()) {
      assertThat(
              page.page()
                  .evaluate(
                      """
                      async () => {
                        const {Rates} = await import('/page/rates.js');
                        const rates = new Rates();
                        const found = [rates.now('a')];
                        const look = (at, start, a) => {
                          rates.take(at, start, {a});
                          found.push(rates.now('a'));
                        };
                        look(100, 's', 10);
                        look(102, 's', 14);
                        look(104, 't', 20);
                        look(106, 't', 2);
                        look(166, 't', 99);
                        look(168, 't', 101);
                        found.push(rates.sum('a'));
                        look(469, 't', 101);
                        found.push(rates.sum('a'));
                        return found.join(' ');
                      }
                      """))
          .isEqualTo("  2 10 1  1 28  0");
    }
  }
}

package dev.portcullis.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The page for who looks around, in a tab of its own, and what a person would do with it. */
final class LookAroundPage implements AutoCloseable {
  private static final int PATIENCE_MS = 15_000;
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  private LookAroundPage(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE_MS);
    this.page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(this::note);
    page.onRequest((Request request) -> asked.add(request.url()));
  }

  /** Opens it at this gateway, in a window of a laptop. */
  static LookAroundPage open(Chromium chromium, LiveGateway gateway) {
    LookAroundPage opened =
        new LookAroundPage(
            chromium
                .browser()
                .newContext(new Browser.NewContextOptions().setViewportSize(1366, 768)));
    opened.page.navigate(gateway.operator().base() + "/");
    return opened;
  }

  /** A refusal by the control plane is told by the browser too, and no fault of the page. */
  private void note(ConsoleMessage message) {
    if (!message.text().startsWith("Failed to load resource")) {
      complaints.add(message.type() + ": " + message.text());
    }
  }

  /** Opens it as the first operator, who looks around. */
  static LookAroundPage entered(Chromium chromium, LiveGateway gateway) {
    LookAroundPage opened = open(chromium, gateway).enter(GatewayProcess.OPERATOR_TOKEN);
    opened.tells("Serving");
    return opened;
  }

  /** Says this token, and looks around. */
  LookAroundPage enter(String token) {
    page.getByLabel("Operator token").fill(token);
    page.keyboard().press("Enter");
    return this;
  }

  /** What the control plane is said to have answered to the token. */
  void isRefused(String why) {
    assertThat(page.getByRole(AriaRole.ALERT)).containsText(why);
    assertThat(one("view")).isHidden();
    assertThat(page.getByLabel("Operator token")).isFocused();
    assertThat(kept()).isEqualTo(0);
  }

  /** Waits until it tells this state. */
  void tells(String state) {
    assertThat(one("word")).hasText(state, patience());
  }

  /** Waits until a text of it is like this. */
  void tells(String id, String pattern) {
    assertThat(one(id)).hasText(Pattern.compile(pattern, Pattern.DOTALL), patience());
  }

  private static HasTextOptions patience() {
    return new HasTextOptions().setTimeout(PATIENCE_MS);
  }

  /** The element with this id. */
  Locator one(String id) {
    return page.locator("#" + id);
  }

  /** What a tile says, number and all. */
  Locator tile(String name) {
    return page.locator("[data-tile='" + name + "']");
  }

  /** The row of a reason. */
  Locator decision(String reason) {
    return page.locator("[data-reason='" + reason + "']");
  }

  /** How many dots of the chart have the colour of this band. */
  int dots(String colour) {
    return ((Number)
            page.evaluate(
                """
                name => {
                  const probe = document.createElement('i');
                  probe.style.color = 'var(' + name + ')';
                  document.body.append(probe);
                  const wanted = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
                  probe.remove();
                  const canvas = document.querySelector('#chart canvas');
                  const copy = new OffscreenCanvas(canvas.width, canvas.height)
                      .getContext('2d', {willReadFrequently: true});
                  copy.drawImage(canvas, 0, 0);
                  const {data} = copy.getImageData(0, 0, canvas.width, canvas.height);
                  let dots = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    dots += wanted.every((value, k) => data[i + k] === value) ? 1 : 0;
                  }
                  return dots;
                }
                """,
                colour))
        .intValue();
  }

  /** How much of a token is left in the tab. */
  int kept() {
    return ((Number) page.evaluate("sessionStorage.length + localStorage.length")).intValue();
  }

  /** All that it has asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  Page page() {
    return page;
  }

  /** Keeps what it looks like, for people, by day and by night. */
  void keep(String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(
                  SCREENSHOTS.resolve(
                      name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
    }
  }

  /** Closes it, if the browser had nothing to complain of: of its security policy, or a fault. */
  @Override
  public void close() {
    context.close();
    assertThat(complaints).isEmpty();
  }
}

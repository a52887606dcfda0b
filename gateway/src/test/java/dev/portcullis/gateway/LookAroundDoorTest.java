package dev.portcullis.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.gateway.TestBed.Issued;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to look around, in a real browser. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookAroundDoorTest {
  private static final String PRINCIPAL = "doorkeeper";

  private final Chromium chromium = Chromium.start();
  private final TestBed bed;

  LookAroundDoorTest(TestBed bed) {
    this.bed = bed;
    bed.principal(PRINCIPAL, "user", "\"scopes\":[\"portcullis/*:*\"]");
  }

  @AfterAll
  void stop() {
    chromium.close();
  }

  private LookAroundPage open() {
    return LookAroundPage.open(chromium, bed.gateway());
  }

  @Test
  void asksForATokenAndSaysWhereItIs() {
    try (LookAroundPage page = open()) {
      assertThat(page.page().getByLabel("Operator token")).isFocused();
      assertThat(page.one("where")).containsText("data/operator-token");
      assertThat(page.one("view")).isHidden();
      assertThat(page.asked()).noneMatch(url -> url.contains("/v1/"));
      page.keep("door");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "pcat_0000000000000000000000000000000000000000"})
  void saysThatATokenIsWrong(String token) {
    try (LookAroundPage page = open()) {
      page.enter(token).isRefused("Wrong token");
      assertThat(page.asked().stream().filter(url -> url.contains("/v1/"))).hasSize(1);
      assertThat(page.asked()).noneMatch(url -> url.contains(token));
      page.keep("wrong-token");
    }
  }

  @Test
  void saysThatWhatWasTypedCanBeNoToken() {
    try (LookAroundPage page = open()) {
      page.enter("gänsefüßchen").isRefused("This is no token");
      assertThat(page.asked()).noneMatch(url -> url.contains("/v1/"));
    }
  }

  @Test
  void saysWhichPermissionATokenLacks() {
    Issued token = bed.token(PRINCIPAL, "portcullis/routes:read");
    try (LookAroundPage page = open()) {
      page.enter(token.secret())
          .isRefused("lacks a permission (403): this needs the scope portcullis/status:read");
    }
  }

  @Test
  void showsWhatATokenMaySeeAndSaysWhatItMayNot() {
    Issued status = bed.token(PRINCIPAL, "portcullis/status:read");
    try (LookAroundPage page = open()) {
      page.enter(status.secret()).tells("Serving");
      page.tells("routes-note", ".*portcullis/routes:read.*");
    }
    Issued routes = bed.token(PRINCIPAL, "portcullis/status:read", "portcullis/routes:read");
    try (LookAroundPage page = open()) {
      page.enter(routes.secret()).tells("Serving");
      page.page().locator("#routes button").first().click();
      assertThat(page.page().locator(".callers")).containsText("portcullis/principals:read");
    }
  }

  @Test
  void saysThatThereWereTooManyFailures() {
    try (LiveGateway strict = bed.another("--portcullis.failures.limit=2 per hour");
        LookAroundPage page = LookAroundPage.open(chromium, strict)) {
      page.enter("wrong").isRefused("Wrong token");
      page.enter("wronger").isRefused("Wrong token");
      page.enter("wrongest").isRefused("Too many failures (429): ");
      page.enter(GatewayProcess.OPERATOR_TOKEN).tells("Serving");
    }
  }

  @Test
  void saysThatTheControlPlaneIsGoneAndAsksUntilItIsBack() {
    try (LookAroundPage page = open()) {
      page.page().route("**/v1/status", Route::abort);
      page.enter(GatewayProcess.OPERATOR_TOKEN).isRefused("does not answer");
      page.page().unroute("**/v1/status");
      page.enter(GatewayProcess.OPERATOR_TOKEN).tells("Serving");
      page.page().route("**/v1/status", Route::abort);
      page.tells("No answer");
      page.tells("asked", "what is below is as of .*");
      page.keep("gone");
      page.page().unroute("**/v1/status");
      page.tells("Serving");
    }
  }

  @Test
  void keepsTheTokenInTheTabUntilItIsForgotten() {
    try (LookAroundPage page = LookAroundPage.entered(chromium, bed.gateway())) {
      page.page().reload();
      page.tells("Serving");
      assertThat(page.page().locator("#routes tr").first()).isVisible();
      page.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Forget the token"))
          .click();
      page.isRefused("");
      assertThat(page.page().locator("#routes tr, #tiles div, #decisions tr")).hasCount(0);
      page.page().reload();
      assertThat(page.one("door")).isVisible();
      assertThat(page.asked()).noneMatch(url -> url.contains(GatewayProcess.OPERATOR_TOKEN));
    }
  }

  @Test
  void sendsWhoeverHasATokenNoLongerBackToTheDoor() {
    Issued token = bed.token(PRINCIPAL, "portcullis/status:read", "portcullis/routes:read");
    try (LookAroundPage page = open()) {
      page.enter(token.secret()).tells("Serving");
      bed.revoke(token);
      page.isRefused("Wrong token");
      assertThat(page.page().locator("#routes tr, #tiles div, #decisions tr")).hasCount(0);
    }
  }
}

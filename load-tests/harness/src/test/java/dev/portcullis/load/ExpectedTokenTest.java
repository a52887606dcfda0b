package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExpectedTokenTest {
  private static final String END = "2027-01-01T00:00:00Z";

  private final ExpectedToken token =
      new ExpectedToken(
          json(
              """
              {"token": {"id": "t1", "name": "first", "expiresAt": "%s"}, "secret": "s"}\
              """
                  .formatted(END)),
          new ExpectedPrincipal("u1", "u1@example.com"));

  @Test
  void isAsItWasMade() {
    assertThat(token.allows("first", END, false, "")).isTrue();
    assertThat(token.allows("second", END, false, "")).isFalse();
    assertThat(token.allows("first", "", false, "")).isFalse();
    assertThat(token.allows("first", END, true, "")).isFalse();
    assertThat(token.allows("first", END, false, "t2")).isFalse();
  }

  @Test
  void mayBeEitherAfterAChangeWithoutAnAnswer() {
    token.maybeNamed("second");
    token.maybeRevoked();
    assertThat(token.allows("first", END, false, "")).isTrue();
    assertThat(token.allows("second", END, true, "")).isTrue();
    assertThat(token.allows("third", END, true, "")).isFalse();
  }

  @Test
  void isAsTheLastAnswerShowsIt() {
    token.maybeNamed("second");
    assertThat(token.settle(shown("second", END, "null"))).isTrue();
    assertThat(token.allows("first", END, false, "")).isFalse();
  }

  @Test
  void tellsAnAnswerThatLostAnAcknowledgedChange() {
    token.maybeRevoked();
    token.settle(shown("first", END, "\"2026-01-01T00:00:00Z\""));
    assertThat(token.settle(shown("first", END, "null"))).isFalse();
  }

  @Test
  void isRevokedWhereItWasReplacedAtOnce() {
    token.surelyReplaced("t2", true);
    assertThat(token.allows("first", END, true, "t2")).isTrue();
    assertThat(token.allows("first", END, false, "t2")).isFalse();
  }

  @Test
  void endsSometimeWhereItWasReplacedWithAGrace() {
    token.surelyReplaced("t2", false);
    assertThat(token.allows("first", "2026-06-01T00:00:00Z", false, "t2")).isTrue();
    assertThat(token.allows("first", END, true, "t2")).isFalse();
  }

  private static JsonNode shown(String name, String end, String revokedAt) {
    return json(
        """
        {"name": "%s", "expiresAt": "%s", "revokedAt": %s, "replacedBy": null}\
        """
            .formatted(name, end, revokedAt));
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }
}

package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.assertion.JoseVerifier;
import dev.portcullis.gateway.registry.InMemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The one thing that the control plane tells to whoever asks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssertionKeysTest {
  private static final String PATH = "/.well-known/jwks.json";

  private final TestClock clock = new TestClock();
  private final ControlPlane plane = new ControlPlane(new InMemoryStore(clock), clock);
  private final Asker anybody = Asker.withoutToken(plane.uri());

  @AfterAll
  void stop() {
    plane.close();
  }

  @Test
  void areToldToAnybody() {
    Asker.Answer answer = anybody.get(PATH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).isEqualTo("max-age=3600, public");
    List<String> before = JoseVerifier.ids(answer.response().body());
    assertThat(before).hasSize(3);
    clock.advance(Duration.ofDays(1));
    assertThat(JoseVerifier.ids(anybody.get(PATH).response().body()))
        .hasSize(3)
        .containsAnyElementsOf(before)
        .isNotEqualTo(before);
  }

  @Test
  void areReadAndNothingElse() {
    assertThat(anybody.post(PATH, "{}").status()).isEqualTo(405);
    assertThat(anybody.get("/.well-known/other").status()).isEqualTo(404);
  }

  @Test
  void areNotToldToAPageOfAnotherOrigin() {
    anybody.adding("Sec-Fetch-Site", "cross-site").get(PATH).isRefusal(403);
    anybody.adding("Origin", "https://evil.example.org").get(PATH).isRefusal(403);
  }
}

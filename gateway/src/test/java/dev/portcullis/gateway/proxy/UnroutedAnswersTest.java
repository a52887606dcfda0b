package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyReader;
import org.junit.jupiter.api.Test;

/** What requests are told that no route is for. */
class UnroutedAnswersTest extends DataPlaneKit {
  @Test
  void withOneApiAsThatApiRefuses() {
    gateway.follow(api("one"));
    RawConnection.Response response = get("/nowhere");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"one\": false}");
    assertThat(get("/a/../b").status()).isEqualTo(418);
    assertThat(get("/a", "X-A : 1").status()).isEqualTo(418);
  }

  @Test
  void withSeveralApisAsNoneOfThemRefuses() {
    gateway.follow(api("one"), api("two"));
    assertThat(get("/nowhere").field("Content-Type")).contains("application/problem+json");
    assertThat(get("/a/../b").status()).isEqualTo(400);
  }

  private static Policy api(String name) {
    String yaml =
        """
        api: %1$s
        upstream: http://localhost:9000
        credentials: [bearer]
        routes: [{match: GET /%1$s, scopes: []}]
        errors: own
        error-profiles:
          own:
            default: {status: 418, content-type: application/json, body: '{"%1$s": false}'}
            NO_ROUTE: {status: 404}
        """
            .formatted(name);
    return ((PolicyReader.Read) PolicyReader.read(name + ".yaml", yaml)).policies().getFirst();
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operators behind an address from which others guess at the APIs' tokens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsApartTest {
  private static final String LINE = "GET /apart/x";

  private final TestBed bed = TestBed.start("--portcullis.failures.limit=3 per hour");

  @AfterAll
  void stop() {
    bed.close();
  }

  private int guess() {
    return bed.ask(LINE, "Authorization: Bearer pcat_guess").status();
  }

  private Asker operator() {
    Issued token = bed.issue("olaf", "\"kind\":\"personal\"");
    return bed.gateway().operator(token.secret());
  }

  @Test
  void areNotLockedOutByWhatFailsOnTheDataPlane() {
    bed.follow(
        """
        api: apart
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /apart/x
            scopes: ["apart:read"]
            limit: 10 per second per token
        """);
    bed.user("olaf", "\"scopes\":[\"apart:read\",\"portcullis/tokens:read\"]");
    assertThat(bed.ask(LINE, bed.token("olaf", "apart:read").bearer()).status()).isEqualTo(200);
    assertThat(bed.gateway().metric("portcullis_limit_buckets ")).isEqualTo(1);
    assertThat(bed.gateway().metric("portcullis_failures_sources ")).isZero();
    for (int i = 0; i < 3; i++) {
      assertThat(guess()).isEqualTo(401);
    }
    assertThat(guess()).isEqualTo(429);
    assertThat(bed.gateway().metric("portcullis_failures_sources ")).isEqualTo(1);

    assertThat(operator().get("/v1/tokens").status()).isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      assertThat(bed.gateway().operator("pcpt_guess").get("/v1/tokens").status()).isEqualTo(401);
    }
    assertThat(operator().get("/v1/tokens").status()).isEqualTo(429);
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A token ends when it ends, whatever the cache and the clock do. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryCasesTest {
  private static final String LINE = "GET /expiry/x";
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final TestBed bed;

  ExpiryCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(
        """
        api: expiry
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /expiry/x
            scopes: ["expiry:read"]
        """);
    bed.user("eva", "\"scopes\":[\"*:*\"]");
  }

  private Issued endingIn(String duration) {
    return bed.issue(
        "eva", "\"kind\":\"api\",\"scopes\":[\"expiry:read\"],\"expiresIn\":\"" + duration + "\"");
  }

  private void pass(Duration time) {
    bed.gateway().clock().advance(time);
  }

  private void allows(String row, Issued token) {
    bed.check(Case.allowed(row, LINE, token.bearer()));
  }

  private void refuses(String row, Issued token) {
    bed.check(Case.refused("TOKEN_EXPIRED", row, LINE, token.bearer()));
  }

  @Test
  void worksUntilTheMillisecondBeforeItsEnd() {
    Issued cached = endingIn("PT1H");
    Issued unused = endingIn("PT1H");
    allows("9.01", cached);
    pass(Duration.ofHours(1).minus(MILLISECOND));
    allows("9.02 a millisecond before, 9.04 cached just before", cached);
    pass(MILLISECOND);
    int reads = bed.redis().calls("hmget");
    refuses("9.02 at its end, 9.04, 9.08, 8.19 from the cache", cached);
    assertThat(bed.redis().calls("hmget")).as("it was cached").isEqualTo(reads);
    refuses("9.02 at its end, not cached", unused);
    pass(MILLISECOND);
    refuses("9.02 a millisecond after", cached);
    refuses("9.02 a millisecond after", unused);
  }

  @Test
  void aClockThatJumpsLeavesNothingAllowed() {
    Issued token = endingIn("PT30M");
    allows("8.24", token);
    pass(Duration.ofHours(1));
    refuses("8.24 an hour ahead", token);
    pass(Duration.ofHours(-1));
    allows("8.24 and back", token);
    bed.revoke(token);
    pass(Duration.ofHours(-1));
    bed.check(
        Case.refused("TOKEN_REVOKED", "8.24 an hour before the revoke", LINE, token.bearer()));
    pass(Duration.ofHours(1));
  }

  @Test
  void isRefusedAlikeInTheCacheAndNotInTheCache() {
    Issued cached = endingIn("PT2H");
    Issued unused = endingIn("PT2H");
    allows("9.06", cached);
    bed.change("eva", "enabled", "false");
    try {
      bed.check(Case.refused("PRINCIPAL_DISABLED", "9.06 not cached", LINE, unused.bearer()));
      bed.check(Case.refused("PRINCIPAL_DISABLED", "9.06, 9.09 cached", LINE, cached.bearer()));
    } finally {
      bed.change("eva", "enabled", "true");
    }
  }
}

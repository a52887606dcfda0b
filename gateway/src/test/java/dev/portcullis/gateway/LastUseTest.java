package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A use of a token, from the request to the operator's list. */
@ExtendWith(SharedTestBed.class)
class LastUseTest {
  private final TestBed bed;

  LastUseTest(TestBed bed) {
    this.bed = bed;
  }

  @Test
  void isShownAndWrittenOnceForManyRequests() {
    bed.follow(
        """
        api: uses
        upstream: UPSTREAM
        credentials: [bearer]
        routes:
          - match: GET /uses/x
            scopes: ["uses:read"]
        """);
    bed.user("usha", "\"scopes\":[\"*:*\"]");
    Issued token = bed.token("usha", "uses:read");
    for (int i = 0; i < 50; i++) {
      bed.check(Case.allowed("use", "GET /uses/x", "Authorization: Bearer " + token.secret()));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(bed.redis().run("HGET", "{portcullis}:last-uses", token.id()))
                    .endsWith(" 127.0.0.1"));
  }
}

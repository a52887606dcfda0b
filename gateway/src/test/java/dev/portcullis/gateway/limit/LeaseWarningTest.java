package dev.portcullis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicyReader;
import dev.portcullis.policy.PolicyReader.Read;
import dev.portcullis.policy.PolicyReader.Result;
import dev.portcullis.policy.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policy files are told of leased limits, against the terms that these get. */
class LeaseWarningTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "19 per second leased",
        "20 per second leased",
        "999999999 per second leased",
        "7 per hour leased",
        "199 per day leased",
        "200 per day leased",
      })
  void warnsExactlyWhereNothingIsTakenAhead(String limit) {
    Read read = (Read) read(limit, 1);

    assertThat(read.warnings().stream().map(Problem::message).anyMatch(it -> it.contains("leased")))
        .isEqualTo(terms(read).portion() == 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9 per second leased",
        "20 per second leased",
        "1000 per minute leased",
        "999 per hour leased",
        "999999999 per second leased",
        "100 per day leased",
        "1000 per minute",
      })
  void admitsNoCostThatABucketCouldNotHold(String limit) {
    long most = Long.parseLong(limit.substring(0, limit.indexOf(' ')));
    long refused = most + 1;
    while (!(read(limit, refused - 1) instanceof Read)) {
      refused -= Math.max(1, most / 100);
    }

    assertThat(terms((Read) read(limit, refused - 1)).capacities().getFirst())
        .isGreaterThanOrEqualTo(refused - 1);
  }

  private static Terms terms(Read read) {
    return Terms.of(read.policies().getFirst().routes().getFirst().limits().sets().getFirst());
  }

  private static Result read(String limit, long cost) {
    return PolicyReader.read(
        "test.yaml",
        """
        api: test
        upstream: http://localhost:9000
        credentials: [bearer]
        routes: [{match: GET /a, scopes: [], cost: %d, limit: %s}]
        """
            .formatted(cost, limit));
  }
}

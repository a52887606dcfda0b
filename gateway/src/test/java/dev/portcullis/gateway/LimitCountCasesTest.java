package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts that outlive policies and gateways, and are all gateways' own. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitCountCasesTest {
  private static final String LINE = "GET /kept/x";
  private static final String PATIENT = "--portcullis.redis.timeout=2s";

  private final TestBed bed;

  LimitCountCasesTest(TestBed bed) {
    this.bed = bed;
    bed.user("kim", "\"scopes\":[\"*:*\"]");
  }

  private static String policy(String limit, String other) {
    return """
    api: kept
    upstream: UPSTREAM
    credentials: [bearer]
    routes:
      - {match: GET /kept/x, scopes: [], limit: %s}
      - {match: GET /kept/%s, scopes: []}
    """
        .formatted(limit, other);
  }

  private Issued fresh() {
    return bed.token("kim", "kept:read");
  }

  private LiveGateway another(String limit) {
    LiveGateway other = bed.another(PATIENT);
    other.follow(bed.located(policy(limit, "another")));
    return other;
  }

  private static RawConnection.Response ask(LiveGateway gateway, Issued token) {
    return RawConnection.exchange(gateway.port(), TestBed.request(LINE, token.bearer()));
  }

  /** What the answer says is left; refused where it is refused. */
  private static String left(LiveGateway gateway, Issued token) {
    RawConnection.Response answer = ask(gateway, token);
    return answer.status() == 200
        ? answer.field("RateLimit").orElse("").replaceAll(".*;r=(\\d+);.*", "$1")
        : "refused with " + answer.status();
  }

  @Test
  void aPolicyThatChangesKeepsTheCountOfTheSameNumbers() {
    Issued token = fresh();
    LiveGateway gateway = bed.gateway();
    bed.follow(policy("3 per hour", "first"));
    assertThat(left(gateway, token)).isEqualTo("2");
    bed.follow(policy("{limit: 3 per hour, name: renamed, on-outage: allow}", "second"));
    assertThat(left(gateway, token)).as("the same numbers").isEqualTo("1");
    bed.follow(policy("4 per hour", "second"));
    assertThat(left(gateway, token)).as("others").isEqualTo("3");
    bed.follow(policy("3 per hour", "second"));
    assertThat(left(gateway, token)).as("the first again").isEqualTo("0");
    assertThat(left(gateway, token)).isEqualTo("refused with 429");
  }

  @Test
  void aGatewayThatStartsAgainCountsOn() {
    Issued token = fresh();
    try (LiveGateway first = another("3 per hour")) {
      assertThat(left(first, token)).isEqualTo("2");
      assertThat(left(first, token)).isEqualTo("1");
    }
    try (LiveGateway second = another("3 per hour")) {
      assertThat(left(second, token)).isEqualTo("0");
      assertThat(left(second, token)).isEqualTo("refused with 429");
    }
  }

  @Test
  void aGatewayThatStopsGivesBackWhatItTookOfAQuotaAheadOfItsNeed() {
    Issued token = fresh();
    int asked = 30;
    int before = bed.redis().calls("evalsha");
    try (LiveGateway first = another("10000 per day leased")) {
      for (int i = 0; i < asked; i++) {
        assertThat(ask(first, token).status()).isEqualTo(200);
      }
      assertThat(bed.redis().calls("evalsha") - before).as("portions").isLessThan(asked);
    }
    try (LiveGateway second = another("10000 per day leased")) {
      assertThat(left(second, token)).isEqualTo(Integer.toString(10_000 - asked - 1));
    }
  }

  @Test
  void twoGatewaysTogetherAdmitExactlyTheLimit() throws Exception {
    Issued token = fresh();
    bed.follow(policy("20 per hour", "together"));
    try (LiveGateway other = another("20 per hour");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> asked = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        int port = client % 2 == 0 ? bed.gateway().port() : other.port();
        asked.add(clients.submit(() -> statuses(port, token)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<List<Integer>> some : asked) {
        statuses.addAll(some.get());
      }
      assertThat(statuses).containsOnly(200, 429);
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(20);
    }
  }

  private static List<Integer> statuses(int port, Issued token) {
    List<Integer> statuses = new ArrayList<>();
    try (RawConnection connection = RawConnection.to(port)) {
      for (int i = 0; i < 10; i++) {
        statuses.add(connection.send(TestBed.request(LINE, token.bearer())).read().status());
      }
    }
    return statuses;
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies that change while requests are served. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadCasesTest {
  private static final String LINE = "GET /reload/x";

  private final TestBed bed;
  private final Issued token;

  ReloadCasesTest(TestBed bed) {
    this.bed = bed;
    follow("first");
    bed.user("rosa", "\"scopes\":[\"*:*\"]");
    token = bed.token("rosa", "reload:read");
  }

  private void follow(String extra) {
    bed.follow(policy(extra));
  }

  private String policy(String extra) {
    return """
    api: reload
    upstream: UPSTREAM
    credentials: [bearer]
    routes:
      - match: GET /reload/x
        scopes: ["reload:read"]
      - match: GET /reload/only/%s
        public: true
    """
        .formatted(extra);
  }

  @Test
  void noRequestFailsWhilePoliciesAreSwapped() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    String request = TestBed.request(LINE, token.bearer());
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> served = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        served.add(
            clients.submit(
                () -> {
                  int count = 0;
                  try (RawConnection connection = RawConnection.to(bed.gateway().port())) {
                    for (; !done.get(); count++) {
                      assertThat(connection.send(request).read().status())
                          .as("23.05")
                          .isEqualTo(200);
                    }
                  }
                  return count;
                }));
      }
      for (int swap = 0; swap < 15; swap++) {
        follow("swap" + swap);
      }
      done.set(true);
      for (Future<Integer> count : served) {
        assertThat(count.get()).isPositive();
      }
    }
  }

  @Test
  void aSwapLeavesTheCacheAsItIs() {
    bed.check(Case.allowed("23.09", LINE, token.bearer()));
    int reads = bed.redis().calls("hmget");
    follow("warm");
    bed.check(Case.allowed("23.09", LINE, token.bearer()));
    bed.check(Case.allowed("23.09", "GET /reload/only/warm"));
    assertThat(bed.redis().calls("hmget")).as("23.09").isEqualTo(reads);
  }

  @Test
  void theSeriesOfARouteThatIsGoneEnd() {
    String name = "portcullis_decisions_total{api=\"reload\",reason=\"ALLOWED\",route=\"reload:";
    follow("gone");
    bed.check(Case.allowed("22.02", LINE, token.bearer()));
    bed.check(Case.allowed("22.02", "GET /reload/only/gone"));
    assertThat(bed.gateway().metrics()).contains(name + "GET /reload/only/gone");
    follow("instead");
    assertThat(bed.gateway().metrics())
        .contains(name + LINE)
        .doesNotContain(name + "GET /reload/only/gone");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "23.01 an unknown field | rotes: []",
        "23.02 an invalid header name | email-header: a b",
        "23.03 a duplicate key | api: reload",
        "23.04 not YAML | routes: [",
        "6.11 a rule without a carrier | credentials: []",
        "18.25 a placeholder | realm: ${PATH}",
        "18.25 an expression | realm: '#{T(java.lang.Runtime)}'",
        "23.08 a secret that is not resolved | realm: ${file:/etc/passwd}"
      })
  void aBadChangeLeavesTheLastGoodPolicyRunning(String row, String line) {
    follow("good");
    long generation = bed.gateway().generation();
    double failures = failedReloads();
    bed.gateway().write(bed.located(policy("bad") + line + "\n"));
    await().untilAsserted(() -> assertThat(failedReloads()).isGreaterThan(failures));
    assertThat(bed.gateway().generation()).isEqualTo(generation);
    bed.check(Case.allowed("the last good", "GET /reload/only/good"));
    bed.check(Case.allowed("the last good", LINE, token.bearer()));
    bed.check(Case.refused("NO_ROUTE", "the bad one", "GET /reload/only/bad"));
    follow("mended");
  }

  private double failedReloads() {
    return bed.gateway().metric("portcullis_policy_reload_failures_total");
  }
}

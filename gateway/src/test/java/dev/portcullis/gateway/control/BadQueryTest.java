package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadQueryTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);

  @AfterAll
  void stop() {
    plane.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/tokens?cursor=a%0Ab, cursor",
    "/v1/tokens?cursor=, cursor",
    "/v1/tokens?status=dead, status",
    "/v1/tokens?principal=a%20b, principal",
    "/v1/tokens?organization=, organization",
    "/v1/tokens?limit=0, limit",
    "/v1/tokens?limit=201, limit",
    "/v1/tokens?limit=-1, limit",
    "/v1/tokens?limit=ten, limit",
    "/v1/tokens?limit=1&limit=2, limit",
    "/v1/tokens?colour=red, colour",
    "/v1/tokens?expiringWithin=14, expiringWithin",
    "/v1/tokens?expiringWithin=-P1D, expiringWithin",
    "/v1/tokens?olderThan=P1Y, olderThan",
    "/v1/tokens?olderThan=PT9223372036854775807S, olderThan",
    "/v1/tokens?olderThan=, olderThan",
    "/v1/principals?status=active, status",
    "/v1/principals?organization=a%20b, organization",
    "/v1/audit?cursor=1, cursor",
    "/v1/audit?cursor=0-9999999999999999999, cursor",
    "/v1/audit?cursor=1-1-1, cursor",
    "/v1/audit?cursor=-1, cursor",
    "/v1/audit?action=token.steal, action",
    "/v1/audit?outcome=maybe, outcome",
    "/v1/audit?since=yesterday, since",
    "/v1/audit?since=%2B1000000000-01-01T00:00:00Z, since",
    "/v1/audit?since=-1000000000-01-01T00:00:00Z, since",
    "/v1/audit?until=2026-01-01, until",
    "/v1/audit?actor=a%20b, actor",
    "/v1/audit?limit=201, limit",
    "/v1/audit/verify?limit=1001, limit",
    "/v1/audit/verify?cursor=x, cursor",
    "/v1/audit/verify?actor=x, actor",
  })
  void namesTheQueryParameterThatIsWrong(String path, String parameter) {
    operator.get(path).isRefusal(400, parameter);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /v1/principals, 'GET, HEAD, POST'",
    "POST, /v1/principals/ada, 'DELETE, GET, HEAD, PATCH'",
    "PUT, /v1/tokens/x, 'DELETE, GET, HEAD, PATCH'",
    "GET, /v1/tokens/revoke, POST",
    "GET, /v1/tokens/x/revoke, POST",
    "OPTIONS, /v1/tokens, 'GET, HEAD, POST'",
    "FOO, /v1/tokens, 'GET, HEAD, POST'",
  })
  void tellsWhichMethodsAPathTakes(String method, String path, String allowed) {
    Asker.Answer answer = operator.send(method, path);
    answer.isRefusal(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }
}

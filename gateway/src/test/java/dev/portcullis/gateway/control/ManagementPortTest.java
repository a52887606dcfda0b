package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.TestPrincipals;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reaches what on which port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementPortTest {
  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock).with(TestPrincipals.user());
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);

  @AfterAll
  void stop() {
    plane.close();
  }

  @AfterEach
  void switchOn() {
    store.switchOn();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/principals", "/v1/tokens", "/actuator", "/actuator/prometheus"})
  void isNotReachedOnTheDataPlanesPort(String path) {
    assertThat(operator.get(path).status()).isEqualTo(200);
    Asker client = Asker.with(plane.dataPlane(), ControlPlane.OPERATOR_TOKEN).ofSomethingElse();
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/principals", "/v1/principals/ada", "/v1/tokens"})
  void readsAPathWithATrailingSlashAsTheSamePath(String path) {
    assertThat(operator.get(path + "/").status()).isEqualTo(200);
    assertThat(operator.get(path + "/").json()).isEqualTo(operator.get(path).json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/actuator/env", "/actuator/heapdump", "/actuator/gateway/routes", "/page", "/v1"})
  void answersNotFoundForEverythingElse(String path) {
    Asker.Answer answer = operator.get(path);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/principals", "/v1/principals/ada", "/v1/tokens", "/v1/tokens/x"})
  void tellsAnOutageOfTheStoreFromAnythingElse(String path) {
    store.switchOff();
    Asker.Answer answer = operator.get(path);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/principals | {\"id\":\"x\",\"kind\":\"user\",\"scopes\":[]}",
        "/v1/tokens | {\"principal\":\"ada\",\"kind\":\"personal\",\"name\":\"n\"}",
        "/v1/tokens/x/revoke | {}",
      })
  void takesAWriteThatTheStoreDidNotTakeForAnError(String path, String json) {
    store.switchOff();
    assertThat(operator.post(path, json).status()).isEqualTo(503);
  }

  @Test
  void doesNotTakeAnOutageForBadCredentials() {
    String secret = ControlPlane.PEPPERS.mint("pcat_", Salt.fresh()).secret().reveal();
    store.switchOff();
    assertThat(Asker.with(plane.uri(), secret).get("/v1/tokens").status()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://127.0.0.1:1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
  })
  void refusesWhatAPageOfAnotherOriginSends(String header, String value) {
    Asker.Answer answer = operator.adding(header, value).get("/v1/tokens");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(operator.adding(header, value).get("/actuator/prometheus").status()).isEqualTo(403);
  }

  @Test
  void acceptsItsOwnOrigin() {
    Asker own =
        operator.adding("Origin", plane.uri().toString()).adding("Sec-Fetch-Site", "same-origin");
    assertThat(own.get("/v1/tokens").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "Host: localhost:9090, 200",
    "Host: LOCALHOST, 200",
    "Host: 127.0.0.1, 200",
    "Host: 10.1.2.3:9090, 200",
    "Host: [::1]:9090, 200",
    "Host: gateway.example.org:80, 200",
    "Host: evil.example, 421",
    "Host: localhost.evil.example, 421",
    "Host: gateway.example.org.evil.example, 421",
    "Host: user@localhost, 421",
    "X-Forwarded-Host: localhost, 421",
  })
  void answersOnlyToItsNames(String header, int status) throws IOException {
    assertThat(statusOf("GET /actuator/health HTTP/1.0\r\n" + header + "\r\n\r\n"))
        .isEqualTo(status);
  }

  private int statusOf(String request) throws IOException {
    URI uri = plane.uri();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String line = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.split(" ", 3)[1]);
    }
  }
}

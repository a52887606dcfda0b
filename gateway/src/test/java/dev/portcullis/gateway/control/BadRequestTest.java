package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.token.TestPrincipals;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestTest {
  private static final String GOOD = "\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"n\"";
  private static final String GOOD_SCOPES = GOOD + ",\"scopes\":[\"dataset/logs:read\"]";

  private final TestClock clock = new TestClock();
  private final InMemoryStore store =
      new InMemoryStore(clock)
          .with(TestPrincipals.withScopes("dataset/logs/*:read", "dataset/*:read", "role:reader"));
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final Asker operator = Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN);

  @AfterAll
  void stop() {
    plane.close();
  }

  @Test
  void closesTheConnectionOfARefusedBodyThatNeverArrives() throws IOException {
    try (Socket socket = new Socket(plane.uri().getHost(), plane.uri().getPort())) {
      socket.setSoTimeout(20_000);
      String head = "POST /v1/nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 404").containsIgnoringCase("\nconnection: close\r");
    }
  }

  @AfterEach
  void nothingWasChanged() {
    assertThat(operator.get("/v1/tokens").json().get("items")).isEmpty();
    assertThat(operator.get("/v1/principals").json().get("items")).hasSize(1);
    assertThat(operator.get("/v1/audit?outcome=done").json().get("items")).isEmpty();
    assertThat(operator.get("/v1/audit?outcome=refused").json().get("items")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"dataset/logs:read\"]} | principal",
        "{\"principal\":\"nobody\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"a:b\"]} |"
            + " principal",
        "{\"principal\":\"a b\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"a:b\"]} | principal",
        "{\"principal\":7,\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"a:b\"]} | principal",
        "{\"principal\":\"ada\",\"name\":\"n\",\"scopes\":[\"dataset/logs:read\"]} | kind",
        "{\"principal\":\"ada\",\"kind\":\"API\",\"name\":\"n\",\"scopes\":[\"dataset/logs:read\"]}"
            + " | kind",
        "{\"principal\":\"ada\",\"kind\":\"access-key\",\"name\":\"n\"} | scopes",
        "{\"principal\":\"ada\",\"kind\":\"session\",\"name\":\"n\"} | kind",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"scopes\":[\"dataset/logs:read\"]} | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":null,\"scopes\":[\"dataset/logs:read\"]}"
            + " | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\" "
            + " \",\"scopes\":[\"dataset/logs:read\"]} | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"a\\n"
            + "b\",\"scopes\":[\"dataset/logs:read\"]} | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"a\\u0000\",\"scopes\":[\"dataset/logs:read\"]}"
            + " | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"a\\ud800\",\"scopes\":[\"dataset/logs:read\"]}"
            + " | name",
        "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"a\\u202eb\",\"scopes\":[\"dataset/logs:read\"]}"
            + " | name",
        "{\"principal\":\"ada\",\"kind\":\"personal\",\"name\":\"n\",\"scopes\":[\"dataset/logs:read\"]}"
            + " | scopes",
        "{" + GOOD + "} | scopes",
        "{" + GOOD + ",\"scopes\":[]} | scopes",
        "{" + GOOD + ",\"scopes\":null} | scopes",
        "{" + GOOD + ",\"scopes\":\"dataset/logs:read\"} | scopes",
        "{" + GOOD + ",\"scopes\":[7]} | scopes[0]",
        "{" + GOOD + ",\"scopes\":[null]} | scopes[0]",
        "{" + GOOD + ",\"scopes\":[\"dataset/logs:read\",\"nonsense\"]} | scopes[1]",
        "{" + GOOD + ",\"scopes\":[\"dataset/logs:write\"]} | scopes[0]",
        "{" + GOOD + ",\"scopes\":[\"dataset/*:*\"]} | scopes[0]",
        "{" + GOOD + ",\"scopes\":[\"*:*\"]} | scopes[0]",
        "{" + GOOD + ",\"scopes\":[\"role:unknown\"]} | scopes[0]",
        "{" + GOOD_SCOPES + ",\"description\":\"a\\u001bb\"} | description",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"2026-06-01T12:00:00Z\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"2020-01-01T00:00:00Z\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"2030-02-30T00:00:00Z\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"2030-01-01\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"2030-01-01T00:00:00\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":\"+12030-01-01T00:00:00Z\"} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresAt\":1893456000} | expiresAt",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"PT0S\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"-PT1H\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"P1Y\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"3600\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"PT9223372036854775807S\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"expiresIn\":\"P9999999D\"} | expiresIn",
        "{"
            + GOOD_SCOPES
            + ",\"expiresIn\":\"PT1H\",\"expiresAt\":\"2030-01-01T00:00:00Z\"} | expiresIn",
        "{" + GOOD_SCOPES + ",\"allowedAddresses\":[\"10.0.0.1/8\"]} | allowedAddresses[0]",
        "{" + GOOD_SCOPES + ",\"allowedAddresses\":[\"example.org\"]} | allowedAddresses[0]",
        "{" + GOOD_SCOPES + ",\"limits\":[\"10 per week\"]} | limits[0]",
        "{" + GOOD_SCOPES + ",\"limits\":[\"0 per second\"]} | limits[0]",
        "{" + GOOD_SCOPES + ",\"limits\":[\"10 per day per token\"]} | limits[0]",
        "{" + GOOD_SCOPES + ",\"limits\":[\"9 per day\",\"8 per day leased\"]} | limits[1]",
        "{" + GOOD_SCOPES + ",\"tags\":[]} | tags",
        "{" + GOOD_SCOPES + ",\"tags\":{\"\":\"x\"}} | tags",
        "{" + GOOD_SCOPES + ",\"tags\":{\"a\":1}} | tags.a",
        "{" + GOOD_SCOPES + ",\"secret\":\"mine\"} | secret",
        "{" + GOOD_SCOPES + ",\"a\\nb\":1} | ''",
      })
  void namesTheFieldOfATokenThatIsWrong(String json, String field) {
    operator.post("/v1/tokens", json).isRefusal(422, field.equals("''") ? "" : field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"user\",\"scopes\":[]} | id",
        "{\"id\":\"\",\"kind\":\"user\",\"scopes\":[]} | id",
        "{\"id\":\"a/b\",\"kind\":\"user\",\"scopes\":[]} | id",
        "{\"id\":\"operator\",\"kind\":\"user\",\"scopes\":[]} | id",
        "{\"id\":\"x\",\"scopes\":[]} | kind",
        "{\"id\":\"x\",\"kind\":\"robot\",\"scopes\":[]} | kind",
        "{\"id\":\"x\",\"kind\":\"user\"} | scopes",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[\"a\"]} | scopes[0]",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[],\"email\":\"nobody\"} | email",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[],\"email\":\"a@b@c\"} | email",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[],\"email\":\"a@b\\r\\nX: y\"} | email",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[],\"organization\":\"a b\"} | organization",
        "{\"id\":\"x\",\"kind\":\"user\",\"scopes\":[],\"enabled\":false} | enabled",
      })
  void namesTheFieldOfAPrincipalThatIsWrong(String json, String field) {
    operator.post("/v1/principals", json).isRefusal(422, field);
  }

  @Test
  void namesAllFieldsThatAreWrongTogether() {
    operator
        .post(
            "/v1/tokens",
            """
            {"principal": "ada", "kind": "api", "name": "", "scopes": ["x", "org:write"],
             "expiresIn": "never", "colour": "red"}
            """)
        .isRefusal(422, "name", "scopes[0]", "scopes[1]", "expiresIn", "colour");
  }

  @Test
  void boundsWhatItKeeps() {
    String name = "x".repeat(101);
    List<String> scopes = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      scopes.add("\"dataset/logs:read\"");
    }
    operator
        .post(
            "/v1/tokens",
            "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"%s\",\"description\":\"%s\",\"scopes\":%s}"
                .formatted(name, "x".repeat(1001), scopes))
        .isRefusal(422, "name", "description", "scopes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{" + GOOD_SCOPES + "} trailing",
        "{" + GOOD_SCOPES + "}{}",
        "{" + GOOD_SCOPES + ",\"name\":\"again\"}",
        "{'principal':'ada'}",
        "{\"principal\":\"ada\",}",
        "{\"name\":NaN}",
      })
  void refusesABodyThatIsNotOneJsonObject(String body) {
    operator.post("/v1/tokens", body).isRefusal(400);
    operator.post("/v1/principals", body).isRefusal(400);
  }

  @Test
  void refusesABodyNestedTooDeep() {
    operator.post("/v1/tokens", "{\"tags\":" + "[".repeat(20_000) + "}").isRefusal(400);
  }

  @Test
  void refusesABodyThatIsNotUtf8() {
    byte[] body =
        ("{" + GOOD_SCOPES + ",\"description\":\"ÿ\"}").getBytes(StandardCharsets.ISO_8859_1);
    operator.send("application/json", "/v1/tokens", body).isRefusal(400);
  }

  @Test
  void refusesABodyOfAMegabyte() {
    operator.send("application/json", "/v1/tokens", new byte[1 << 20]).isRefusal(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "nonsense", "text/json"})
  void refusesOtherContentTypes(String type) {
    byte[] body = ("{" + GOOD_SCOPES + "}").getBytes(StandardCharsets.UTF_8);
    operator.send(type, "/v1/tokens", body).isRefusal(415);
  }
}

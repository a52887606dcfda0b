package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EchoUpstreamTest {
  private final EchoUpstream upstream = EchoUpstream.start(0);

  @AfterEach
  void stop() {
    upstream.destroy();
  }

  private JsonNode echo(HttpRequest.Builder request) {
    HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    HttpResponse<String> response = http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new JsonMapper().readTree(response.body());
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(upstream.uri().resolve(target));
  }

  @Test
  void tellsMethodPathQueryAndHeadersAsReceived() {
    JsonNode echo =
        echo(request("/a%2Fb/c?x=%20&x=2").DELETE().header("X-A", "1").header("X-A", "2"));
    assertThat(echo.get("method").asString()).isEqualTo("DELETE");
    assertThat(echo.get("path").asString()).isEqualTo("/a%2Fb/c");
    assertThat(echo.get("query").asString()).isEqualTo("x=%20&x=2");
    assertThat(echo.at("/headers/X-A").toString()).isEqualTo("[\"1\",\"2\"]");
    assertThat(echo.get("bodyBytes").asInt()).isZero();
  }

  @Test
  void countsTheBytesOfTheBody() {
    byte[] body = new byte[1 << 20];
    JsonNode echo = echo(request("/").POST(BodyPublishers.ofByteArray(body)));
    assertThat(echo.get("bodyBytes").asInt()).isEqualTo(body.length);
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.proxy.RawConnection;
import dev.portcullis.gateway.redis.RedisProcess;
import dev.portcullis.gateway.redis.TcpProxy;
import dev.portcullis.policy.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/** A live gateway between clients of raw sockets and WireMock, on a Redis of its own. */
final class TestBed implements AutoCloseable {
  private static final String SOMEWHERE = "127.0.0.1";

  private final Path directory;
  private final RedisProcess redis;
  private final TcpProxy wire;
  private final WireMockServer upstream;
  private final LiveGateway gateway;

  private TestBed(Path directory, String... settings) {
    this.directory = directory;
    this.redis = RedisProcess.start(directory);
    this.wire = new TcpProxy(redis.port());
    this.upstream =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress(SOMEWHERE));
    upstream.start();
    upstream.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("done")));
    this.gateway =
        LiveGateway.start(
            directory, "redis://:" + RedisProcess.PASSWORD + "@127.0.0.1:" + wire.port(), settings);
  }

  /** Starts all of it. */
  static TestBed start(String... settings) {
    try {
      return new TestBed(Files.createTempDirectory("portcullis-cases"), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another gateway on the same Redis, before the same upstream; for the caller to close. */
  LiveGateway another(String... settings) {
    return LiveGateway.start(directory.resolve("another"), redis.uri(), settings);
  }

  /** Puts a policy in force, in which {@code UPSTREAM} stands for the upstream. */
  void follow(String yaml) {
    gateway.follow(located(yaml));
  }

  /** The policy with the upstream's address. */
  String located(String yaml) {
    return yaml.replace("UPSTREAM", upstream.baseUrl());
  }

  /** A token and what it is said by. */
  record Issued(String id, String secret) {
    String bearer() {
      return "Authorization: Bearer " + secret;
    }
  }

  /** Creates a user; the members are JSON, without braces. */
  void user(String id, String members) {
    principal(id, "user", members);
  }

  /** Creates a principal of this kind. */
  void principal(String id, String kind, String members) {
    Asker.Answer answer =
        gateway
            .operator()
            .post(
                "/v1/principals",
                "{\"id\":\"%s\",\"kind\":\"%s\",%s}".formatted(id, kind, members));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
  }

  /** Issues a token of kind {@code api} with these scopes. */
  Issued token(String principal, String... scopes) {
    String list =
        List.of(scopes).stream().map(scope -> '"' + scope + '"').collect(Collectors.joining(","));
    return issue(principal, "\"kind\":\"api\",\"scopes\":[" + list + "]");
  }

  /** Issues a token; the members are JSON, without braces. */
  Issued issue(String principal, String members) {
    Asker.Answer answer =
        gateway
            .operator()
            .post(
                "/v1/tokens",
                "{\"principal\":\"%s\",\"name\":\"n\",%s}".formatted(principal, members));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return new Issued(answer.at("/token/id"), answer.at("/secret"));
  }

  /** Revokes a token; when this returns, the control plane has answered. */
  void revoke(Issued token) {
    assertThat(gateway.operator().post("/v1/tokens/" + token.id() + "/revoke", "{}").status())
        .isEqualTo(200);
  }

  /** Changes a field of the principal's record, as another program would. */
  void change(String principal, String field, String value) {
    redis.run("HSET", "{portcullis}:principal:" + principal, field, value);
  }

  /**
   * What came of one request.
   *
   * @param reason of the one decision over it; {@code ALLOWED} where it was let through
   * @param passed what the upstream got
   */
  record Answer(RawConnection.Response response, String reason, List<LoggedRequest> passed) {
    int status() {
      return response.status();
    }

    /** What the upstream got under this name; empty where it got nothing. */
    List<String> upstream(String field) {
      assertThat(passed).hasSize(1);
      return passed.getFirst().getHeaders().getHeader(field).isPresent()
          ? passed.getFirst().getHeaders().getHeader(field).values()
          : List.of();
    }
  }

  /** Sends a request without a body. */
  Answer ask(String methodAndTarget, String... fields) {
    return askFrom(SOMEWHERE, methodAndTarget, fields);
  }

  /** Sends a request without a body from this address of loopback. */
  Answer askFrom(String source, String methodAndTarget, String... fields) {
    return exchange(source, request(methodAndTarget, fields));
  }

  /** Posts a form. */
  Answer post(String target, String form, String... fields) {
    return exchange(SOMEWHERE, formRequest(target, form, fields));
  }

  /** The text of a request that posts a form. */
  static String formRequest(String target, String form, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Content-Type: application/x-www-form-urlencoded");
    all.add("Content-Length: " + form.length());
    return request("POST " + target, all.toArray(String[]::new)) + form;
  }

  /** Sends exactly this text. */
  Answer send(String request) {
    return exchange(SOMEWHERE, request);
  }

  private Answer exchange(String source, String request) {
    upstream.resetRequests();
    Map<String, Long> before = gateway.decisions();
    try (RawConnection connection = RawConnection.from(source, gateway.port())) {
      RawConnection.Response response = connection.send(request).read();
      String reason =
          gateway.decisions().entrySet().stream()
              .filter(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L))
              .map(
                  now ->
                      now.getKey()
                          + "!"
                              .repeat(
                                  (int)
                                      (now.getValue() - before.getOrDefault(now.getKey(), 0L) - 1)))
              .collect(Collectors.joining(" "));
      return new Answer(
          response, reason, upstream.findAll(WireMock.anyRequestedFor(WireMock.anyUrl())));
    }
  }

  /** The text of a request. */
  static String request(String methodAndTarget, String... fields) {
    StringBuilder text = new StringBuilder(methodAndTarget + " HTTP/1.1\r\nHost: gateway.test\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  /**
   * Sends the case's request, and holds the answer and what the upstream got to what it expects.
   */
  Answer check(Case row) {
    Answer answer = askFrom(row.from(), row.line(), row.fields().toArray(String[]::new));
    boolean allowed = row.reason().equals(Case.ALLOWED);
    assertThat(answer.reason()).isEqualTo(row.reason());
    assertThat(answer.status()).isEqualTo(allowed ? 200 : Reason.valueOf(row.reason()).status());
    assertThat(answer.passed()).hasSize(allowed ? 1 : 0);
    assertThat(answer.response().toString()).doesNotContain("pcat_", "pcpt_", "dev.portcullis");
    return answer;
  }

  LiveGateway gateway() {
    return gateway;
  }

  RedisProcess redis() {
    return redis;
  }

  /** What lies between the gateway and Redis. */
  TcpProxy wire() {
    return wire;
  }

  WireMockServer upstream() {
    return upstream;
  }

  @Override
  public void close() {
    gateway.close();
    upstream.stop();
    wire.close();
    redis.close();
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

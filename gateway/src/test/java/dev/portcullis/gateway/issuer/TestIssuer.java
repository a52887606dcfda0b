package dev.portcullis.gateway.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.policy.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Another issuer of tokens, which publishes its keys over real HTTP on a free port. */
public final class TestIssuer implements AutoCloseable {
  /** Its claim {@code iss}. */
  public static final String ISSUER = "https://id.example.org";

  /** Who its tokens are for. */
  public static final String AUDIENCE = "https://api.example.org";

  static final PublicJsonWebKey RSA = rsa("r1", 2048);
  static final PublicJsonWebKey OTHER_RSA = rsa("r2", 2048);
  static final PublicJsonWebKey EC = ec("e1");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile int status = 200;
  private volatile byte[] body = {};

  private TestIssuer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/jwks.json", this::answer);
    server.createContext("/elsewhere.json", exchange -> answer(exchange, 200));
    server.start();
  }

  /** One that publishes a key of RSA and one of P-256. */
  public static TestIssuer start() {
    TestIssuer issuer = new TestIssuer();
    issuer.publish(RSA, EC);
    return issuer;
  }

  static PublicJsonWebKey rsa(String kid, int bits) {
    try {
      return named(kid, RsaJwkGenerator.generateJwk(bits));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey ec(String kid) {
    try {
      return named(kid, EcJwkGenerator.generateJwk(EllipticCurves.P256));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey named(String kid, PublicJsonWebKey key) {
    key.setKeyId(kid);
    return key;
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    answer(exchange, status);
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      if (!held.await(20, TimeUnit.SECONDS)) {
        return;
      }
      exchange.getResponseHeaders().set("Location", "/elsewhere.json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes these keys from now on, and no others. */
  public void publish(PublicJsonWebKey... keys) {
    publish(new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  /** Publishes this text from now on. */
  void publish(String text) {
    body = text.getBytes(UTF_8);
  }

  /** Signs with another key from now on, and publishes that one only. */
  public TestIssuer rotated() {
    publish(OTHER_RSA);
    return this;
  }

  /** Answers with this status from now on. */
  public void answering(int status) {
    this.status = status;
  }

  /** Answers nothing until the latch is counted down. */
  CountDownLatch holding() {
    held = new CountDownLatch(1);
    return held;
  }

  /** How often its keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** Where its keys are. */
  public URI keys() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks.json");
  }

  /** As a policy has it, named {@code corp}. */
  Issuer issuer() {
    return new Issuer("corp", ISSUER, AUDIENCE, keys(), Set.of("RS256", "ES256"));
  }

  /** The same, in a policy file. */
  public String yaml() {
    return "corp: {issuer: \"%s\", audience: \"%s\", keys: \"%s\"}"
        .formatted(ISSUER, AUDIENCE, keys());
  }

  /** A token of this subject, signed with its key of RSA. */
  public TestJwt jwt(String subject, Instant now) {
    return TestJwt.of(subject, RSA, now);
  }

  /** A token of this subject, signed with the key that {@link #rotated} publishes. */
  public TestJwt jwtOfOtherKey(String subject, Instant now) {
    return TestJwt.of(subject, OTHER_RSA, now);
  }

  @Override
  public void close() {
    held.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}

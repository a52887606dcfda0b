package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarrageTest {
  private static final InetAddress OTHER = InetAddress.ofLiteral("127.0.0.7");

  private final Set<InetAddress> clients = ConcurrentHashMap.newKeySet();
  private final AtomicInteger received = new AtomicInteger();
  private HttpServer server;
  private URI uri;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress().getAddress());
          int number = received.incrementAndGet();
          if (number % 10 == 0) {
            exchange.getResponseHeaders().set("Connection", "close");
          }
          byte[] body = "answer".getBytes(ISO_8859_1);
          exchange.sendResponseHeaders(number % 2 == 0 ? 429 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void takesEachAnswerFromItsOwnAddressAndOpensAgainWhatIsClosed() {
    Barrage barrage = Barrage.start(new Barrage.Plan(OTHER, uri, 2, 1, 10_000), this::request);
    await().until(() -> received.get() >= 45);
    List<Sample> samples = barrage.stop();
    assertThat(samples).hasSize(received.get()).allSatisfy(this::tookTime);
    assertThat(Sample.count(samples, 200) + Sample.count(samples, 429)).isEqualTo(samples.size());
    assertThat(Sample.count(samples, 429)).isGreaterThanOrEqualTo(22);
    assertThat(clients).containsExactly(OTHER);
  }

  @Test
  void sendsNoFasterThanItsPace() {
    long begun = System.nanoTime();
    Barrage barrage = Barrage.start(new Barrage.Plan(OTHER, uri, 4, 4, 100), this::request);
    await().until(() -> received.get() >= 5);
    List<Sample> samples = barrage.stop();
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(samples.size()).isLessThanOrEqualTo((int) (seconds * 100) + 1);
  }

  private void tookTime(Sample sample) {
    assertThat(sample.latencyMillis()).isPositive();
  }

  private byte[] request() {
    return Pipeline.get("/", "X-Any: thing\r\n");
  }
}

package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeersTest {
  private static final Credential GOOD = new Credential("1", "pc_good", "ann@example.com");

  private Bench bench;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    bench = new Bench(Options.parse(List.of()));
    stage = new Stage(URI.create("http://127.0.0.1:1"), "/items/{item}", GOOD, Redis.start(bench));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  @Test
  void aPeerRunsThatAdmitsTheGoodAndRefusesWhatItChecks() throws IOException {
    Peer peer = peer(Set.of(Peer.Check.TOKEN), "Bearer pc_good"::equals);
    Peers peers = Peers.start(bench, stage, List.of(peer));
    assertThat(peers.running()).containsOnlyKeys(peer);
    assertThat(peers.missing()).isEmpty();
  }

  @Test
  void aPeerThatDoesNotCheckWhatItShouldIsNotComparedWith() {
    Peer peer = peer(Set.of(Peer.Check.TOKEN), authorization -> true);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Peers.start(bench, stage, List.of(peer)))
        .withMessage("fake should refuse this, and gave 200");
  }

  @Test
  void aPeerThatRefusesTheGoodIsNotComparedWith() {
    Peer peer = peer(Set.of(Peer.Check.TOKEN), authorization -> false);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Peers.start(bench, stage, List.of(peer)))
        .withMessage("fake should admit this, and gave 401");
  }

  @Test
  void aPeerThatIsNotInstalledIsLeftOutAndSaidSo() throws IOException {
    Peer missing =
        new Fake(
            Set.of(),
            () -> {
              throw new Missing("fake", "fake-light");
            });
    Peers peers = Peers.start(bench, stage, List.of(missing));
    assertThat(peers.running()).isEmpty();
    assertThat(peers.missing())
        .containsExactly(
            "fake was left out: fake is missing; on Debian: apt-get install -y fake-light");
  }

  private Peer peer(Set<Peer.Check> checks, Predicate<String> admitted) {
    return new Fake(
        checks,
        () -> {
          HttpServer server =
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          bench.closeLater(() -> server.stop(0));
          server.createContext(
              "/items/42",
              exchange -> {
                String shown = exchange.getRequestHeaders().getFirst("Authorization");
                exchange.sendResponseHeaders(admitted.test(shown) ? 200 : 401, -1);
                exchange.close();
              });
          server.start();
          return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        });
  }

  /** Where it is once started. */
  private interface Start {
    URI run() throws IOException;
  }

  private record Fake(Set<Check> checks, Start begin) implements Peer {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public String what() {
      return "Not a gateway.";
    }

    @Override
    public Target start(Bench bench, Stage stage) throws IOException {
      URI base = begin.run();
      return new Target(name(), base, bench.start(name(), List.of("true")));
    }
  }
}

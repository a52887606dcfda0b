package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void opensAgainWhatIsClosedAndTrickles() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, LOOPBACK)) {
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
      Crowd crowd = Crowd.start(new Crowd.Plan(List.of(LOOPBACK), uri, 2, true));
      server.accept().close();
      try (Socket one = server.accept();
          Socket another = server.accept()) {
        assertThat(new String(one.getInputStream().readNBytes(1), ISO_8859_1)).isEqualTo("G");
        await().until(() -> another.getInputStream().available() > 0);
        assertThat(crowd.end()).isEqualTo(new Attack.Outcome(3, "1 closed by the gateway, 2 open"));
      }
    }
  }
}

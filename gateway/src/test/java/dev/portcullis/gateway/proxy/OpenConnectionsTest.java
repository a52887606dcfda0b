package dev.portcullis.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.decision.TrustedProxies;
import dev.portcullis.gateway.token.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many connections in all, so many from an address, and one more is closed at once. */
class OpenConnectionsTest extends DataPlaneKit {
  private static final int IN_ALL = 12;
  private static final int OF_NETWORK = 5;
  private static final String PROXY = "127.0.0.9";

  private final List<RawConnection> held = new ArrayList<>();

  @Override
  protected ProxySettings settings() {
    return new ProxySettings(
        new TrustedProxies(List.of(AddressBlock.parse(PROXY))),
        ProxySettings.DEFAULT.identity(),
        ProxySettings.DEFAULT.upstream(),
        TestBounds.connections(IN_ALL, OF_NETWORK),
        ProxySettings.DEFAULT.logs());
  }

  @AfterEach
  void letGo() {
    held.forEach(RawConnection::close);
    held.clear();
    await().until(() -> gauge() == 0);
    assertThat(gateway.bean(OpenConnections.class).networks()).isZero();
  }

  @Test
  void oneMoreFromAnAddressIsClosedAndOtherAddressesGoOn() {
    double refused = refused("address");
    hold("127.0.0.1", OF_NETWORK);
    assertClosed("127.0.0.1");
    assertThat(refused("address") - refused).isEqualTo(1);
    assertServed("127.0.0.2");
    assertThat(held.getFirst().send(request("GET /open/x")).read().status()).isEqualTo(200);
  }

  @Test
  void oneMoreInAllIsClosed() {
    double refused = refused("total");
    hold("127.0.0.1", OF_NETWORK);
    hold("127.0.0.2", OF_NETWORK);
    hold("127.0.0.3", IN_ALL - 2 * OF_NETWORK);
    assertClosed("127.0.0.4");
    assertThat(refused("total") - refused).isEqualTo(1);
    assertThat(gauge()).isEqualTo(IN_ALL);
  }

  @Test
  void aConnectionThatIsClosedMakesRoom() {
    hold("127.0.0.1", OF_NETWORK);
    held.removeFirst().close();
    await().until(() -> gauge() == OF_NETWORK - 1);
    assertServed("127.0.0.1");
  }

  @Test
  void aRefusedConnectionTakesNoRoom() {
    hold("127.0.0.1", OF_NETWORK);
    for (int i = 0; i < 3 * IN_ALL; i++) {
      assertClosed("127.0.0.1");
    }
    assertThat(gauge()).isEqualTo(OF_NETWORK);
    assertServed("127.0.0.2");
  }

  @Test
  void aTrustedProxyMayHaveAsManyAsThereAre() {
    hold(PROXY, IN_ALL - 1);
    assertServed(PROXY);
    hold(PROXY, 1);
    assertClosed(PROXY);
  }

  private void hold(String address, int count) {
    for (int i = 0; i < count; i++) {
      RawConnection connection = RawConnection.from(address, gateway.port());
      held.add(connection);
      assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
    }
  }

  private void assertServed(String address) {
    try (RawConnection connection = RawConnection.from(address, gateway.port())) {
      assertThat(connection.send(request("GET /open/x")).read().status()).isEqualTo(200);
    }
    await().until(() -> gauge() == held.size());
  }

  private void assertClosed(String address) {
    try (RawConnection connection = RawConnection.from(address, gateway.port())) {
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  private double gauge() {
    return gateway.meters().get("portcullis.connections").gauge().value();
  }

  private double refused(String bound) {
    return gateway
        .meters()
        .get("portcullis.connections.refused")
        .tag("bound", bound)
        .functionCounter()
        .count();
  }
}

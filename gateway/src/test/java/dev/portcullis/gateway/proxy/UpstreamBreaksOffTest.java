package dev.portcullis.gateway.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upstreams that break off, as WireMock has them do it. */
class UpstreamBreaksOffTest extends DataPlaneKit {
  private final WireMockServer wireMock =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeAll
  void startWireMock() {
    wireMock.start();
  }

  @AfterAll
  void stopWireMock() {
    wireMock.stop();
  }

  @BeforeEach
  void sendThere() {
    gateway.follow(
        TestPolicies.bearer(URI.create(wireMock.baseUrl()), TestPolicies.open("/open/**")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
  void anUpstreamThatBreaksOffIsABadGateway(Fault fault) {
    wireMock.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
    assertThat(get("/open/x").status()).isEqualTo(502);
    String post = request("POST /open/x", "Content-Length: 2") + "hi";
    assertThat(send(post).status()).isEqualTo(502);
  }
}

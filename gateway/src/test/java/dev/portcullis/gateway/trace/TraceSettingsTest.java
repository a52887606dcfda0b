package dev.portcullis.gateway.trace;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.gateway.token.SecretText;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
  private static final URI COLLECTOR = URI.create("http://collector:4318/v1/traces");

  @ParameterizedTest
  @ValueSource(
      strings = {"collector:4318", "ftp://collector/", "/v1/traces", "http:///v1", "http:x"})
  void anEndpointIsAnHttpUrl(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceSettings(URI.create(endpoint), 0.1, Map.of()))
        .withMessageContaining("endpoint");
  }

  @Test
  void anEndpointHoldsNoPassword() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceSettings(URI.create("http://u:sesame@c/"), 0.1, Map.of()))
        .withMessageContaining("headers")
        .withMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aRatioIsAShareOfAll(double ratio) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceSettings(COLLECTOR, ratio, Map.of()))
        .withMessageContaining("ratio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sesame\nmore", "sesame\u0000"})
  void aHeaderThatCannotBeSentIsNamedAndNotShown(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceSettings(COLLECTOR, 1, Map.of("x-key", SecretText.of(value))))
        .withMessageContaining("headers.x-key")
        .withMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "x key", ""})
  void aHeaderIsOneThatMayBeSet(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceSettings(COLLECTOR, 1, Map.of(name, SecretText.of("x"))))
        .withMessageContaining("headers." + name);
  }

  @Test
  void allOrNoneMayBeSampled() {
    assertThatCode(() -> new TraceSettings(COLLECTOR, 0, Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> new TraceSettings(COLLECTOR, 1, Map.of())).doesNotThrowAnyException();
  }
}

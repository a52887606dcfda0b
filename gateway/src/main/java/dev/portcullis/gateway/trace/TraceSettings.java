package dev.portcullis.gateway.trace;

import dev.portcullis.gateway.token.SecretText;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where spans go, and of how many requests.
 *
 * @param endpoint of the collector, for OTLP over HTTP with protobuf
 * @param ratio of requests that are sampled, 0 to 1
 * @param headers what the collector is sent besides, by name
 */
public record TraceSettings(URI endpoint, double ratio, Map<String, SecretText> headers) {

  /** Throws {@link IllegalArgumentException} that names what cannot be followed. */
  public TraceSettings {
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw new IllegalArgumentException("endpoint is no http:// or https:// URL with a host");
    }
    if (endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException("endpoint holds a user: put credentials into headers");
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("ratio " + ratio + " is not between 0 and 1");
    }
    headers = new TreeMap<>(headers);
    headers.forEach(TraceSettings::check);
  }

  /** The JDK's client would say the value of a header that it does not send. */
  private static void check(String name, SecretText value) {
    try {
      HttpRequest.newBuilder().header(name, value.reveal());
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("headers." + name + " cannot be sent in HTTP");
    }
  }
}

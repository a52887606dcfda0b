package dev.portcullis.gateway.endpoint;

import dev.portcullis.gateway.token.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** By what a request says who calls. */
sealed interface Presented {

  /** An access key and its secret key (RFC 6749, section 2.3.1). */
  record Client(String id, SecretText secret) implements Presented {}

  /** A token. */
  record Bearer(SecretText token) implements Presented {}

  /** Nothing. */
  record Nothing() implements Presented {}

  /** Something that says nothing. */
  record Unusable() implements Presented {}

  /** More than one thing, or the same twice. */
  record Ambiguous() implements Presented {}

  /** Reads the field {@code Authorization} and the form. */
  static Presented of(Call call, Form form) {
    List<String> fields = call.head().headers().values("Authorization");
    Optional<String> id = form.value("client_id");
    Optional<String> secret = form.value("client_secret");
    if (fields.isEmpty()) {
      return id.isPresent() && secret.isPresent()
          ? new Client(id.get(), SecretText.of(secret.get()))
          : id.isPresent() || secret.isPresent() ? new Unusable() : new Nothing();
    }
    if (fields.size() > 1 || secret.isPresent()) {
      return new Ambiguous();
    }
    Presented presented = of(fields.getFirst().strip());
    boolean another =
        id.isPresent() && !(presented instanceof Client client && client.id.equals(id.get()));
    return another ? new Ambiguous() : presented;
  }

  private static Presented of(String field) {
    int space = field.indexOf(' ');
    String scheme = space < 0 ? field : field.substring(0, space);
    String credentials = space < 0 ? "" : field.substring(space).strip();
    if (scheme.equalsIgnoreCase("Basic")) {
      return basic(credentials);
    }
    return scheme.equalsIgnoreCase("Bearer") && !credentials.isEmpty()
        ? new Bearer(SecretText.of(credentials))
        : new Unusable();
  }

  private static Presented basic(String credentials) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException e) {
      return new Unusable();
    }
    String pair = new String(octets, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    if (colon <= 0 || colon == pair.length() - 1) {
      return new Unusable();
    }
    Optional<String> id = Form.decoded(pair.substring(0, colon));
    Optional<String> secret = Form.decoded(pair.substring(colon + 1));
    return id.isPresent() && secret.isPresent()
        ? new Client(id.get(), SecretText.of(secret.get()))
        : new Unusable();
  }
}

package dev.portcullis.gateway.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request (RFC 6749, section 3.2); its values may be secrets. */
final class Form {
  private static final String TYPE = "application/x-www-form-urlencoded";

  private final Map<String, String> values;

  private Form(Map<String, String> values) {
    this.values = values;
  }

  /** Empty where the body is no form, or has a parameter twice. */
  static Optional<Form> of(Call call) {
    List<String> types = call.head().headers().values("Content-Type");
    if (types.size() != 1 || !types.getFirst().split(";", 2)[0].strip().equalsIgnoreCase(TYPE)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (String pair : call.body().split("&", -1)) {
      int equals = pair.indexOf('=');
      Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      if (!pair.isEmpty() && values.putIfAbsent(name.get(), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new Form(values));
  }

  /** A parameter; one without a value counts as left out. */
  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** The text that was form-urlencoded; empty where it was not so. */
  static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Form";
  }
}

package dev.portcullis.gateway.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterReader.Found;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.SecretText;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A parameter as a Redis hash; {@code RECORDS.md} describes it for other programs. */
final class ParameterRecord {
  private ParameterRecord() {}

  static Map<String, String> write(
      Parameter parameter, String key, ParameterKeys keys, SecretText value) {
    byte[] sealed = keys.seal(key, context(parameter), value.reveal().getBytes(UTF_8));
    return Map.of(
        "v",
        Fields.VERSION,
        "token",
        parameter.token(),
        "key",
        key,
        "value",
        Base64.getEncoder().encodeToString(sealed));
  }

  /** Unreadable where it was not written under a key that is there, in this very place. */
  static Lookup<Found> found(
      Optional<String> organization, String name, ParameterKeys keys, Map<String, String> record) {
    Lookup<Sealed> sealed = Fields.read(record, ParameterRecord::sealed);
    return switch (sealed) {
      case Lookup.Found<Sealed>(Sealed it) ->
          opened(new Parameter(name, organization, it.token()), it, keys);
      case Lookup.Absent<Sealed> _ -> new Lookup.Absent<>();
      case Lookup.Unreadable<Sealed>(String problem) -> new Lookup.Unreadable<>(problem);
      case Lookup.Unavailable<Sealed>(String cause) -> new Lookup.Unavailable<>(cause);
    };
  }

  private record Sealed(String token, String key, ByteBuffer value) {}

  private static Sealed sealed(Fields fields) {
    return new Sealed(
        fields.text("token"),
        fields.text("key"),
        fields.required("value", text -> ByteBuffer.wrap(Base64.getDecoder().decode(text))));
  }

  private static Lookup<Found> opened(Parameter parameter, Sealed sealed, ParameterKeys keys) {
    if (!keys.has(sealed.key())) {
      return new Lookup.Unreadable<>("key '" + sealed.key() + "' is not among this gateway's");
    }
    return keys.open(sealed.key(), context(parameter), sealed.value().array())
        .<Lookup<Found>>map(
            text ->
                new Lookup.Found<>(new Found(parameter, SecretText.of(new String(text, UTF_8)))))
        .orElseGet(
            () -> new Lookup.Unreadable<>("it was not written under key '" + sealed.key() + "'"));
  }

  /** Moved to another place, or given to another token, it cannot be decrypted. */
  private static byte[] context(Parameter parameter) {
    return String.join(
            "\0", parameter.organization().orElse(""), parameter.name(), parameter.token())
        .getBytes(UTF_8);
  }
}

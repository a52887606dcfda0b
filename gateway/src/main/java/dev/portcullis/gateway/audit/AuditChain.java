package dev.portcullis.gateway.audit;

import dev.portcullis.gateway.token.PepperRing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain of entries. Each seal is a keyed hash over the seal before it, the entry's id and all
 * its fields; so whoever can write to the store, but has no key, can neither change an entry nor
 * take one out without leaving a seal that does not fit.
 */
public final class AuditChain {
  private final PepperRing peppers;

  /** A chain sealed under these peppers. */
  public AuditChain(PepperRing peppers) {
    this.peppers = peppers;
  }

  /** The entry, in its place behind {@code before}. */
  public SealedEntry seal(Link before, AuditEntry entry) {
    String id = before.next(entry.at().toEpochMilli());
    String key = peppers.current();
    byte[] mac =
        peppers
            .mac(key, message(before, id, entry.fields()))
            .orElseThrow(() -> new IllegalStateException("the current pepper is in every ring"));
    return new SealedEntry(new Link(id, key + ":" + HexFormat.of().formatHex(mac)), entry);
  }

  /**
   * What is wrong with an entry as it is kept, behind {@code before}; empty where nothing is.
   *
   * @param id as kept
   * @param fields as kept, the seal among them
   */
  public Optional<String> flaw(Link before, String id, Map<String, String> fields) {
    Link link = Link.of(id, fields);
    long missing = link.number() - before.number() - 1;
    if (missing > 0 && link.number() < Long.MAX_VALUE) {
      return Optional.of(
          missing == 1
              ? "entry number " + (before.number() + 1) + " is missing before this one"
              : "entries number %d to %d are missing before this one"
                  .formatted(before.number() + 1, link.number() - 1));
    }
    int colon = link.seal().indexOf(':');
    if (missing != 0 || colon < 0) {
      return Optional.of("it is no entry of this chain: its number or its seal is none");
    }
    Map<String, String> sealed = new TreeMap<>(fields);
    sealed.remove(Link.SEAL);
    return peppers
        .mac(link.seal().substring(0, colon), message(before, id, sealed))
        .map(mac -> isSame(mac, link.seal().substring(colon + 1)))
        .map(same -> same ? Optional.<String>empty() : Optional.of("its seal does not fit"))
        .orElseGet(() -> Optional.of("its seal was made under a pepper that is not in the ring"));
  }

  private static boolean isSame(byte[] mac, String hex) {
    return MessageDigest.isEqual(
        HexFormat.of().formatHex(mac).getBytes(StandardCharsets.UTF_8),
        hex.getBytes(StandardCharsets.UTF_8));
  }

  /** Every part with its length before it, so that no two entries give the same bytes. */
  private static byte[] message(Link before, String id, Map<String, String> fields) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(512);
    append(message, before.written());
    append(message, id);
    new TreeMap<>(fields)
        .forEach(
            (name, value) -> {
              append(message, name);
              append(message, value);
            });
    return message.toByteArray();
  }

  private static void append(ByteArrayOutputStream message, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    message.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    message.writeBytes(bytes);
  }
}

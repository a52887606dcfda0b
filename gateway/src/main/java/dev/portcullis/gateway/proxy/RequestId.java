package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The name of one request: a trusted proxy's, where it is well-formed, or the gateway's own. */
final class RequestId {
  static final String HEADER = "X-Request-Id";

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestId() {}

  /** A new one: 16 hexadecimal digits, to tell requests apart and no more. */
  static String next() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** The one that a trusted proxy gave, or a new one. */
  static String of(HeaderFields fields) {
    List<String> given = fields.values(HEADER);
    return given.size() == 1 && WELL_FORMED.matcher(given.getFirst()).matches()
        ? given.getFirst()
        : next();
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A request that has to be refused.
 *
 * @param kind what is wrong with it
 * @param status that says so
 * @param reason the gateway's word for it in its meters
 * @param everNew whether each request of the load brings another token, of random letters
 */
record Refusal(
    String kind,
    int status,
    String reason,
    String path,
    Map<String, String> headers,
    boolean everNew) {
  private static final int SAMPLES = 1_000;

  /** One and the same request each time. */
  Refusal(String kind, int status, String reason, String path, Map<String, String> headers) {
    this(kind, status, reason, path, headers, false);
  }

  Refusal {
    headers = Map.copyOf(headers);
  }

  /** Headers with another Authorization, or without any where that is empty. */
  static Map<String, String> authorization(Map<String, String> headers, String value) {
    Map<String, String> others = new HashMap<>(headers);
    others.put("Authorization", value);
    others.values().removeIf(String::isEmpty);
    return others;
  }

  /** Shows nothing of its headers. */
  @Override
  public String toString() {
    return "Refusal[" + kind + "]";
  }

  /**
   * Asks until the answer has the status, as it soon must: what is limited, or throttled, is let
   * pass a few times.
   *
   * @throws IOException if it does not come
   */
  void await(URI base) throws IOException {
    int last = 0;
    try (Caller caller = new Caller()) {
      for (int i = 0; i < SAMPLES; i++) {
        last = caller.get(base.resolve(path), headers).status();
        if (last == status) {
          return;
        }
      }
    }
    throw new IOException(kind + ": should be refused with " + status + ", and gave " + last);
  }
}

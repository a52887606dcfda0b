package dev.portcullis.policy;

import java.util.Map;
import java.util.TreeMap;

/** The headers that every answer has unless its profile says otherwise. */
final class StandardHeaders {
  private StandardHeaders() {}

  /** The headers for a reason answered with this status, by name without regard to case. */
  static Map<String, String> of(Reason reason, int status) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Cache-Control", "no-store");
    if (reason.status() == 401 || status == 401 || reason.bearerError().isPresent()) {
      headers.put("WWW-Authenticate", challenge(reason));
    }
    if (isTemporary(reason.status()) || isTemporary(status)) {
      headers.put("Retry-After", "${retry-after}");
    }
    return headers;
  }

  /** RFC 6750, section 3; a request without credentials gets no error code. */
  private static String challenge(Reason reason) {
    String error = reason.bearerError().map(code -> ", error=\"" + code + "\"").orElse("");
    String scope = reason == Reason.SCOPE_INSUFFICIENT ? ", scope=\"${scope}\"" : "";
    return "Bearer realm=\"${realm}\"" + error + scope;
  }

  private static boolean isTemporary(int status) {
    return status == 429 || status == 503;
  }
}

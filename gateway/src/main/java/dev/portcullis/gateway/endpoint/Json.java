package dev.portcullis.gateway.endpoint;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** JSON (RFC 8259) as the gateway's own endpoints write it. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /** A refusal as problem details (RFC 9457). */
  static Reply problem(int status, String title, String detail, Map<String, String> headers) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    return reply(status, members, headers, "application/problem+json");
  }

  static Reply reply(int status, Map<String, ?> members) {
    return reply(status, members, Map.of());
  }

  /** With further headers. */
  static Reply reply(int status, Map<String, ?> members, Map<String, String> headers) {
    return reply(status, members, headers, "application/json");
  }

  private static Reply reply(
      int status, Map<String, ?> members, Map<String, String> headers, String type) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", type);
    return new Reply(status, all, MAPPER.writeValueAsString(members));
  }
}

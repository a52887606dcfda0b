package dev.portcullis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** JSON (RFC 8259) as the gateway's own endpoints write it. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static Reply reply(int status, Map<String, ?> members) {
    return reply(status, members, Map.of());
  }

  /** With further headers. */
  static Reply reply(int status, Map<String, ?> members, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new Reply(status, all, MAPPER.writeValueAsString(members));
  }
}

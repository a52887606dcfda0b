package dev.portcullis.load;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of the audit trail, as the gateway exports it.
 *
 * @param principal the id of the one it concerns; empty for none
 * @param token the id of the one it concerns; empty for none
 * @param before the fields that changed, as they were
 * @param after the fields that changed, as they became
 */
record AuditEntry(
    String action,
    String principal,
    String token,
    Map<String, String> before,
    Map<String, String> after,
    String detail) {
  private static final JsonMapper JSON = new JsonMapper();

  static AuditEntry read(String line) {
    JsonNode entry = JSON.readTree(line);
    return new AuditEntry(
        entry.path("action").asString(""),
        entry.path("principal").asString(""),
        entry.path("token").asString(""),
        texts(entry.path("before")),
        texts(entry.path("after")),
        entry.path("detail").asString(""));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asString("")));
    return texts;
  }
}

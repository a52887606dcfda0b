package dev.portcullis.gateway.cli;

import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens in a table, for people. */
final class TokenTable {
  private TokenTable() {}

  /** A table that is still empty. */
  static Table of(Surroundings surroundings) {
    return new Table(
        surroundings,
        "id",
        "name",
        "principal",
        "kind",
        "status",
        "createdAt",
        "expiresAt",
        "lastUsedAt",
        "flags",
        "scopes");
  }

  static void showOne(Surroundings surroundings, JsonNode token) {
    of(surroundings).add(flagged(token)).print();
  }

  /** The token with its flags in words: what somebody should look into. */
  static JsonNode flagged(JsonNode token) {
    if (!(token instanceof ObjectNode object)) {
      return token;
    }
    StringJoiner flags = new StringJoiner(",").setEmptyValue("-");
    if (object.path("ageFlag").asBoolean(false)) {
      flags.add("old");
    }
    if (object.path("expiresSoon").asBoolean(false)) {
      flags.add("expires-soon");
    }
    return object.deepCopy().put("flags", flags.toString());
  }
}

package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenDetails;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A token as a Redis hash; {@code RECORDS.md} describes it for other programs. */
final class TokenRecord {
  static final String REVOKED_AT = "revokedAt";

  private static final String SPACE = " ";
  private static final String COMMA = ",";
  private static final String TAG = "tag:";

  /** The fields that decide over a request: what the data plane reads. */
  private static final String[] FACTS = {
    "v", "id", "principal", "kind", "scopes", "expiresAt", REVOKED_AT, "allowedAddresses", "limits"
  };

  private TokenRecord() {}

  static String[] facts() {
    return FACTS.clone();
  }

  static Lookup<Token> token(Map<String, String> record) {
    return Fields.read(record, TokenRecord::token);
  }

  static Lookup<TokenDetails> details(Map<String, String> record) {
    return Fields.read(
        record,
        fields ->
            new TokenDetails(
                token(fields),
                fields.optional("name", name -> name).orElse(""),
                fields.optional("description", description -> description).orElse(""),
                fields.instant("createdAt").orElse(Instant.EPOCH),
                fields.optional("createdBy", creator -> creator).orElse(""),
                fields.all(TAG)));
  }

  private static Token token(Fields fields) {
    return new Token(
        fields.text("id"),
        fields.text("principal"),
        fields.required("kind", TokenRecord::kind),
        fields.list("scopes", SPACE, GrantedScopes::parse),
        fields.instant("expiresAt"),
        fields.instant(REVOKED_AT),
        fields.list("allowedAddresses", SPACE, TokenRecord::blocks),
        fields.list("limits", COMMA, limits -> limits));
  }

  static Map<String, String> write(TokenDetails details) {
    Token token = details.token();
    Map<String, String> record = new LinkedHashMap<>();
    record.put("v", Fields.VERSION);
    record.put("id", token.id());
    record.put("principal", token.principalId());
    record.put("kind", token.kind().word());
    record.put("scopes", String.join(SPACE, token.scopes().written()));
    token.expiresAt().ifPresent(at -> record.put("expiresAt", at.toString()));
    token.revokedAt().ifPresent(at -> record.put(REVOKED_AT, at.toString()));
    putList(record, "allowedAddresses", SPACE, token.allowedAddresses());
    putList(record, "limits", COMMA, token.limits());
    record.put("name", details.name());
    record.put("description", details.description());
    record.put("createdAt", details.createdAt().toString());
    record.put("createdBy", details.createdBy());
    details.tags().forEach((name, value) -> record.put(TAG + name, value));
    return record;
  }

  private static void putList(
      Map<String, String> record, String name, String separator, List<?> values) {
    if (!values.isEmpty()) {
      record.put(
          name, values.stream().map(Object::toString).collect(Collectors.joining(separator)));
    }
  }

  private static TokenKind kind(String word) {
    return Arrays.stream(TokenKind.values())
        .filter(kind -> kind.word().equals(word))
        .findAny()
        .orElseThrow(IllegalArgumentException::new);
  }

  private static List<AddressBlock> blocks(List<String> written) {
    return written.stream().map(AddressBlock::parse).toList();
  }
}

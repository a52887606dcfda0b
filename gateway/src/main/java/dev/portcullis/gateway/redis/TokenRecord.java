package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Described;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Parent;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A token as a Redis hash; {@code RECORDS.md} describes it for other programs. */
final class TokenRecord {
  static final String REVOKED_AT = "revokedAt";

  private static final String COUNTED_AS = "countedAs";
  private static final String PARENT = "parent";
  private static final String SPACE = " ";
  private static final String COMMA = ",";

  /** The fields that decide over a request: what the data plane reads. */
  private static final String[] FACTS = {
    "v",
    "id",
    "principal",
    "kind",
    "scopes",
    "expiresAt",
    REVOKED_AT,
    "allowedAddresses",
    "limits",
    COUNTED_AS,
    PARENT,
    Described.PARENT_HASHES
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
                fields.optional("organization", name -> name),
                fields.optional("api", api -> api),
                fields.optional("name", name -> name).orElse(""),
                fields.optional("description", description -> description).orElse(""),
                fields.instant("createdAt").orElse(Instant.EPOCH),
                fields.optional("createdBy", creator -> creator).orElse(""),
                fields.all(Described.TAG),
                fields.optional("replaces", id -> id),
                fields.optional("replacedBy", id -> id),
                fields.optional("revokedReason", reason -> reason),
                fields.optional("storedAs", name -> name)));
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
        fields.list("limits", COMMA, TokenRecord::limits),
        fields.optional(COUNTED_AS, id -> id).orElseGet(() -> fields.text("id")),
        fields.optional(PARENT, id -> id).map(id -> parent(id, fields)));
  }

  private static Parent parent(String id, Fields fields) {
    List<TokenHash> hashes =
        fields.required(
            Described.PARENT_HASHES,
            text -> Stream.of(text.split(SPACE, -1)).map(TokenHash::new).toList());
    return new Parent(id, hashes);
  }

  static Map<String, String> write(TokenDetails details) {
    Map<String, String> record = new TreeMap<>(Described.of(details));
    record.put("v", Fields.VERSION);
    return record;
  }

  /** The fields of a token's record that it takes to tell that nothing of it has changed. */
  static Set<String> written(TokenDetails details) {
    Set<String> fields = new TreeSet<>(write(details).keySet());
    fields.add(REVOKED_AT);
    return fields;
  }

  private static Limits limits(List<String> written) {
    // Numbers beyond nine digits could be given once; nobody reaches either.
    return Limits.ofToken(
        written.stream()
            .map(text -> text.replaceFirst("^[1-9][0-9]{9,11} ", "999999999 "))
            .map(Limit::ofToken)
            .toList());
  }

  private static TokenKind kind(String word) {
    return TokenKind.of(word).orElseThrow(IllegalArgumentException::new);
  }

  private static List<AddressBlock> blocks(List<String> written) {
    return written.stream().map(AddressBlock::parse).toList();
  }
}

package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Storage;
import dev.portcullis.gateway.token.TokenKind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The member {@code storage} of a request for a new token: where its secret is to be put. */
final class StorageMember {
  private static final String FIELD = "storage";
  private static final String NAME = "name";
  private static final String KEY = "key";
  private static final int LONGEST_NAME = 200;
  private static final Pattern NAMES = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9_.-]+){1,15}");
  private static final Pattern KEYS = Pattern.compile("[A-Za-z0-9_:/-]{1,256}");

  private StorageMember() {}

  /** Where it is to be put; empty for nowhere, or where that is not as it should be. */
  static Optional<Storage> read(TokenKind kind, JsonMembers members) {
    Map<String, String> texts = members.texts(FIELD, TextRule.NAME, TextRule.PLACE);
    if (!members.has(FIELD)) {
      return Optional.empty();
    }
    if (kind != TokenKind.ACCESS_KEY) {
      members.refuse(FIELD, "is for an access key only");
    }
    texts.keySet().stream()
        .filter(name -> !name.equals(NAME) && !name.equals(KEY))
        .forEach(name -> members.refuse(FIELD + "." + name, "is not name or key"));
    String name = texts.getOrDefault(NAME, "");
    if (name.length() > LONGEST_NAME || !NAMES.matcher(name).matches()) {
      members.refuse(
          FIELD + "." + NAME,
          "is required: /NAME or /NAME/NAME and so on, at most 15 names of A-Z a-z 0-9 . _ -"
              + " and 200 characters together");
    }
    Optional<String> key = Optional.ofNullable(texts.get(KEY));
    if (key.isPresent() && !KEYS.matcher(key.get()).matches()) {
      members.refuse(FIELD + "." + KEY, "is not 1 to 256 of A-Z a-z 0-9 _ : / -");
    }
    return Optional.of(new Storage(name, key));
  }
}

package dev.portcullis.gateway.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The peppers in use: one under which secrets are minted and hashed, and earlier ones under which
 * they still verify. Safe for threads.
 *
 * <p>A minted secret is its prefix, which ends in a separator, 32 random base62 characters and 6
 * {@link CheckCharacters}. One HMAC over all but the check characters gives both those and the
 * hash.
 */
public final class PepperRing {
  private static final int RANDOM_LENGTH = 32;
  private static final int TAIL = RANDOM_LENGTH + CheckCharacters.LENGTH;
  private static final int UNBIASED = 256 / 62 * 62;
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_-]{0,30}[_-]");

  private final List<Pepper> peppers;

  /**
   * A ring.
   *
   * @param current new secrets and hashes are made under it
   * @param earlier they verify only; may contain the current one
   * @throws IllegalArgumentException where two peppers share an id
   */
  public PepperRing(Pepper current, Collection<Pepper> earlier) {
    List<Pepper> all = new ArrayList<>(List.of(current));
    earlier.stream().filter(pepper -> pepper != current).forEach(all::add);
    if (all.stream().map(Pepper::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("two peppers have the same id: " + all);
    }
    peppers = List.copyOf(all);
  }

  /**
   * Makes a new secret under the current pepper, with 190 bits that nobody can tell without the
   * pepper.
   *
   * @param prefix a lower-case letter, then up to 31 of {@code a-z}, {@code 0-9}, {@code _} and
   *     {@code -}, the last of which is {@code _} or {@code -}
   * @param salt never used for another secret
   * @throws IllegalArgumentException where the prefix is none
   */
  public MintedSecret mint(String prefix, Salt salt) {
    return mint(prefix, salt, peppers.getFirst());
  }

  /** Makes the secret again that was made of these; empty where that pepper is not in the ring. */
  public Optional<MintedSecret> mintAgain(String prefix, Salt salt, String pepperId) {
    return pepper(pepperId).map(pepper -> mint(prefix, salt, pepper));
  }

  private static MintedSecret mint(String prefix, Salt salt, Pepper pepper) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("'" + prefix + "' is no prefix of a token");
    }
    byte[] body = (prefix + "0".repeat(RANDOM_LENGTH)).getBytes(StandardCharsets.US_ASCII);
    randomize(body, prefix.length(), salt, pepper);
    byte[] hmac = pepper.hmac(body);
    byte[] text = Arrays.copyOf(body, body.length + CheckCharacters.LENGTH);
    CheckCharacters.write(hmac, text, body.length);
    return new MintedSecret(
        SecretText.of(new String(text, StandardCharsets.US_ASCII)),
        TokenHash.of(pepper.id(), hmac));
  }

  /** The id of the pepper for new secrets and seals. */
  public String current() {
    return peppers.getFirst().id();
  }

  /**
   * A keyed hash of a message that is no secret: 32 bytes; empty where that pepper is not in the
   * ring.
   */
  public Optional<byte[]> mac(String pepperId, byte[] message) {
    return pepper(pepperId).map(pepper -> pepper.hmac(purpose("seal", message)));
  }

  /**
   * What assertions of one period are signed with: 32 bytes for each pepper, the current one's
   * first. Whoever has the peppers has them.
   */
  public List<byte[]> assertionSeeds(byte[] period) {
    return peppers.stream().map(pepper -> pepper.hmac(purpose("assertion", period))).toList();
  }

  private Optional<Pepper> pepper(String id) {
    return peppers.stream().filter(pepper -> pepper.id().equals(id)).findFirst();
  }

  /** No text that a client can present as a token begins so: it has a NUL. */
  private static byte[] purpose(String word, byte[] message) {
    byte[] name = (word + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(name, name.length + message.length);
    System.arraycopy(message, 0, all, name.length, message.length);
    return all;
  }

  /**
   * The hashes under which the store may know a presented secret, in the order to try them; the
   * first is the one it should have. Empty when it was forged. A hit on another than the first
   * calls for {@link TokenStore#rehash}.
   *
   * @param importedTokens whether a secret without check characters may be one imported from
   *     another system
   */
  public List<TokenHash> candidates(SecretText presented, boolean importedTokens) {
    byte[] text = presented.octets();
    int body = text.length - CheckCharacters.LENGTH;
    int separator = text.length - TAIL - 1;
    if (separator > 0
        && isSeparator(text[separator])
        && CheckCharacters.isBase62(text, separator + 1)) {
      byte[] first = peppers.getFirst().hmac(text, body);
      if (CheckCharacters.fit(first, text, body) || fitsEarlier(text, body)) {
        return candidates(first, text, body);
      }
    }
    return importedTokens ? imported(Sha256.hex(text)) : List.of();
  }

  private static boolean isSeparator(byte character) {
    return character == '_' || character == '-';
  }

  private boolean fitsEarlier(byte[] text, int body) {
    for (int i = 1; i < peppers.size(); i++) {
      if (CheckCharacters.fit(peppers.get(i).hmac(text, body), text, body)) {
        return true;
      }
    }
    return false;
  }

  private List<TokenHash> candidates(byte[] first, byte[] text, int body) {
    return Candidates.of(
        TokenHash.of(peppers.getFirst().id(), first),
        peppers.size(),
        index -> hash(index, text, body));
  }

  private TokenHash hash(int index, byte[] text, int length) {
    Pepper pepper = peppers.get(index);
    return TokenHash.of(pepper.id(), pepper.hmac(text, length));
  }

  /**
   * The hashes under which the store may know a secret of another system, of which only the SHA-256
   * is known; the first is the one to keep it under.
   *
   * @param sha256 64 lower-case hex digits
   */
  public List<TokenHash> imported(String sha256) {
    byte[] bytes = ("imported:" + sha256).getBytes(StandardCharsets.US_ASCII);
    return Candidates.of(
        hash(0, bytes, bytes.length),
        peppers.size() + 1,
        index ->
            index == peppers.size()
                ? TokenHash.of(TokenHash.SHA256, HexFormat.of().parseHex(sha256))
                : hash(index, bytes, bytes.length));
  }

  /** Fills the rest of the text with base62 digits, each as likely as any other. */
  private static void randomize(byte[] text, int from, Salt salt, Pepper pepper) {
    int at = from;
    for (int block = 0; at < text.length; block++) {
      byte[] pool = pepper.hmac(purpose("mint", salt.block(block)));
      for (int i = 0; i < pool.length && at < text.length; i++) {
        int value = pool[i] & 0xff;
        if (value < UNBIASED) {
          text[at++] = CheckCharacters.BASE62[value % 62];
        }
      }
    }
  }

  @Override
  public String toString() {
    return "PepperRing" + peppers;
  }
}

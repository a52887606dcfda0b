package dev.portcullis.gateway.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.gateway.decision.Extraction.Absent;
import dev.portcullis.gateway.decision.Extraction.Ambiguous;
import dev.portcullis.gateway.decision.Extraction.Found;
import dev.portcullis.gateway.decision.Extraction.Malformed;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.Policy;
import java.util.Base64;
import java.util.List;

/** Reads a request's token from the carriers that a policy lists. */
final class CredentialExtractor {
  private static final String AUTHORIZATION = "Authorization";
  private static final int MAX_LENGTH = 512;
  private static final int MAX_LENGTH_OF_FOREIGN = 8_192;
  private static final Extraction ABSENT = new Absent();

  private CredentialExtractor() {}

  /** Reads the policy's carriers; longer tokens pass where it takes those of other issuers. */
  static Extraction extract(RequestHead head, Policy policy) {
    return extract(head, policy.credentials(), longest(policy));
  }

  /** The same of one of them. */
  static Extraction extract(RequestHead head, CredentialCarrier carrier, Policy policy) {
    return extract(head, List.of(carrier), longest(policy));
  }

  private static int longest(Policy policy) {
    return policy.issuers().isEmpty() ? MAX_LENGTH : MAX_LENGTH_OF_FOREIGN;
  }

  /** Whether what was extracted is not too long for one of the gateway's own tokens. */
  static boolean isOfOwnLength(SecretText extracted) {
    return extracted.reveal().length() <= MAX_LENGTH;
  }

  /** Whether this is as one of the gateway's own tokens may be written, however it came. */
  static boolean isCredential(SecretText secret) {
    return isOfOwnLength(secret) && secret.isToken();
  }

  /** Reads all carriers, not only the first that holds something: a second token is a doubt. */
  static Extraction extract(RequestHead head, List<CredentialCarrier> carriers) {
    return extract(head, carriers, MAX_LENGTH);
  }

  private static Extraction extract(
      RequestHead head, List<CredentialCarrier> carriers, int longest) {
    Extraction result = ABSENT;
    for (CredentialCarrier carrier : carriers) {
      Extraction next = read(head, carrier, longest);
      if (next instanceof Ambiguous) {
        return next;
      }
      if (next instanceof Absent) {
        continue;
      }
      if (!(result instanceof Absent)) {
        return new Ambiguous("credentials in more than one place");
      }
      result = next;
    }
    return result;
  }

  private static Extraction read(RequestHead head, CredentialCarrier carrier, int longest) {
    List<String> values = values(head, carrier);
    if (values.isEmpty()) {
      return ABSENT;
    }
    if (values.size() > 1) {
      return new Ambiguous("the same credential field stands twice");
    }
    String text = text(values.getFirst(), carrier);
    if (text.isEmpty()) {
      return ABSENT;
    }
    SecretText secret = SecretText.of(text);
    return text.length() <= longest && secret.isToken()
        ? new Found(secret)
        : new Malformed("the credential is too long or has characters that no token has");
  }

  private static List<String> values(RequestHead head, CredentialCarrier carrier) {
    return switch (carrier) {
      case Scheme any -> head.headers().values(AUTHORIZATION);
      case Basic any -> head.headers().values(AUTHORIZATION);
      case Header(String name, String prefix) -> head.headers().values(name);
      case Query(String name) ->
          head.query().map(query -> new QueryString(query).values(name)).orElse(List.of());
      case Cookie(String name) ->
          head.headers().values("Cookie").stream()
              .flatMap(field -> new CookieField(field).values(name).stream())
              .toList();
    };
  }

  /** What stands where the carrier says; empty where there is nothing, or something else's. */
  private static String text(String value, CredentialCarrier carrier) {
    return switch (carrier) {
      case Scheme(String scheme) -> afterScheme(value, scheme);
      case Basic(String user) -> password(afterScheme(value, "Basic"), user);
      case Header(String name, String prefix) ->
          value.startsWith(prefix) ? value.substring(prefix.length()).strip() : "";
      case Query any -> QueryString.decode(value).orElse(value);
      case Cookie any -> value;
    };
  }

  private static String afterScheme(String value, String scheme) {
    String field = value.strip();
    return field.length() > scheme.length()
            && field.charAt(scheme.length()) == ' '
            && field.regionMatches(true, 0, scheme, 0, scheme.length())
        ? field.substring(scheme.length() + 1).strip()
        : "";
  }

  private static String password(String credentials, String user) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException e) {
      return "";
    }
    String pair = new String(decoded, UTF_8);
    return pair.startsWith(user + ":") ? pair.substring(user.length() + 1) : "";
  }
}

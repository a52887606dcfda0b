package dev.portcullis.gateway.decision;

import dev.portcullis.policy.CredentialCarrier;
import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.TlsRule;
import java.util.List;
import java.util.stream.Collectors;

/** What the chain's first steps go by, in words for people; never what a credential says. */
final class RequestFacts {
  private RequestFacts() {}

  static String channel(RequestHead head, Policy policy) {
    return switch (head.transport()) {
          case TLS -> "TLS";
          case PLAIN -> "plain HTTP";
          case UNTOLD -> "no word of TLS from the trusted proxy";
        }
        + (policy.tls() != TlsRule.OPTIONAL ? "; the policy requires TLS" : "");
  }

  /** Where the request has credentials. */
  static String found(RequestHead head, Policy policy) {
    return policy.credentials().stream()
        .filter(
            carrier ->
                !(CredentialExtractor.extract(head, List.of(carrier)) instanceof Extraction.Absent))
        .map(RequestFacts::place)
        .collect(Collectors.joining(", ", "found in ", ""));
  }

  /** Where it could have them. */
  static String sought(Policy policy) {
    return policy.credentials().stream()
        .map(RequestFacts::place)
        .collect(Collectors.joining(", ", "nothing in ", ""));
  }

  static String emailRequired(Policy policy) {
    return "the policy requires an e-mail in header " + policy.emailHeader();
  }

  private static String place(CredentialCarrier carrier) {
    return switch (carrier) {
      case Scheme(String scheme) -> "header Authorization (" + scheme + ")";
      case Basic(String user) -> "header Authorization (Basic, user " + user + ")";
      case Header(String name, String prefix) -> "header " + name;
      case Query(String name) -> "query parameter " + name;
      case Cookie(String name) -> "cookie " + name;
    };
  }
}

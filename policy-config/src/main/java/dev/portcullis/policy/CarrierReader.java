package dev.portcullis.policy;

import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the list of credential carriers. */
final class CarrierReader {
  /** Fields that say how a message is framed or routed; removing one with the token breaks it. */
  private static final Set<String> NO_CARRIERS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "transfer-encoding",
          "te",
          "trailer",
          "upgrade",
          "keep-alive",
          "expect",
          "cookie",
          "proxy-authorization",
          "proxy-connection");

  private final Problems problems;

  CarrierReader(Problems problems) {
    this.problems = problems;
  }

  List<CredentialCarrier> read(List<Element> items) {
    List<CredentialCarrier> carriers = new ArrayList<>();
    Set<CredentialCarrier> seen = new HashSet<>();
    for (Element item : items) {
      carrier(item)
          .ifPresent(
              carrier -> {
                if (!seen.add(key(carrier))) {
                  problems.add(item.place(), "this carrier is listed twice");
                }
                carriers.add(carrier);
                if (rawBesideScheme(carrier, carriers)) {
                  problems.add(
                      item.place(),
                      "a scheme and the whole Authorization header cannot both carry");
                }
              });
    }
    return carriers;
  }

  private Optional<CredentialCarrier> carrier(Element item) {
    return switch (item) {
      case Scalar scalar -> Optional.of(new Scheme("Bearer"));
      case Mapping mapping when mapping.fields().size() == 1 -> {
        Map.Entry<String, Element> only = mapping.fields().entrySet().iterator().next();
        yield carrier(only.getKey(), only.getValue());
      }
      default -> Optional.empty();
    };
  }

  private Optional<CredentialCarrier> carrier(String kind, Element value) {
    return switch (kind) {
      case "scheme" -> token(value).map(this::scheme);
      case "basic" ->
          value instanceof Mapping mapping
              ? mapping.text("user").map(user -> new Basic(user.text()))
              : Optional.empty();
      case "header" -> header(value);
      case "query" -> value.asText().map(this::query);
      case "cookie" -> token(value).map(name -> new Cookie(name.text()));
      default -> Optional.empty();
    };
  }

  private Scheme scheme(Scalar name) {
    if (name.text().equalsIgnoreCase("basic")) {
      problems.add(name.place(), "use {basic: {user: NAME}}, which reads user and password apart");
    }
    return new Scheme(name.text());
  }

  private Optional<CredentialCarrier> header(Element value) {
    Optional<Scalar> name =
        value instanceof Mapping mapping ? mapping.text("name") : value.asText();
    String prefix =
        value instanceof Mapping mapping ? mapping.text("prefix").map(Scalar::text).orElse("") : "";
    if (!HttpSyntax.isFieldValue(prefix + "x")) {
      problems.add(value.place(), "a prefix is printable ASCII and starts with no space");
    }
    return name.flatMap(this::token)
        .map(
            token -> {
              if (NO_CARRIERS.contains(token.text().toLowerCase(Locale.ROOT))) {
                problems.add(
                    token.place(), "the header '" + token.text() + "' cannot carry a token");
              }
              return new Header(token.text(), prefix);
            });
  }

  private Optional<Scalar> token(Element value) {
    Optional<Scalar> text = value.asText();
    text.filter(name -> !HttpSyntax.isToken(name.text()))
        .ifPresent(
            name ->
                problems.add(
                    name.place(), "'" + name.text() + "' is not a name (RFC 9110, 5.6.2)"));
    return text;
  }

  private Query query(Scalar name) {
    if (name.text().isEmpty()) {
      problems.add(name.place(), "the parameter's name is missing");
    }
    return new Query(name.text());
  }

  /** Whether this one completes a pair that reads every Authorization header in two ways. */
  private static boolean rawBesideScheme(
      CredentialCarrier added, List<CredentialCarrier> carriers) {
    return readsAuthorization(added)
        && carriers.stream().anyMatch(CarrierReader::isRaw)
        && !carriers.stream().allMatch(carrier -> isRaw(carrier) || !readsAuthorization(carrier));
  }

  private static boolean readsAuthorization(CredentialCarrier carrier) {
    return carrier instanceof Scheme || carrier instanceof Basic || isRaw(carrier);
  }

  private static boolean isRaw(CredentialCarrier carrier) {
    return carrier instanceof Header(String name, String prefix)
        && name.equalsIgnoreCase("Authorization");
  }

  /** What two carriers have in common when they would read the same text. */
  private static CredentialCarrier key(CredentialCarrier carrier) {
    return switch (carrier) {
      case Scheme(String scheme) -> new Scheme(scheme.toLowerCase(Locale.ROOT));
      case Header(String name, String prefix) -> new Header(name.toLowerCase(Locale.ROOT), prefix);
      case Basic basic -> basic;
      case Query query -> query;
      case Cookie cookie -> cookie;
    };
  }
}

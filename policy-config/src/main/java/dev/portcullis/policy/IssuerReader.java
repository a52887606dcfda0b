package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the other issuers whose access tokens are taken. */
final class IssuerReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Set<String> STANDARD = Set.of("RS256", "ES256");

  private final Problems problems;

  IssuerReader(Problems problems) {
    this.problems = problems;
  }

  /** Reads those that are whole, in the order of the file. */
  List<Placed<Issuer>> read(Mapping root) {
    List<Placed<Issuer>> issuers = new ArrayList<>();
    root.mapping("issuers")
        .forEach(
            (name, element) -> {
              if (!NAME.matcher(name).matches()) {
                problems.add(
                    element.place(),
                    "an issuer's name has lower-case letters, digits and '-', at most 32");
              }
              if (element instanceof Mapping issuer) {
                issuer(name, issuer)
                    .ifPresent(whole -> issuers.add(new Placed<>(issuer.place(), whole)));
              }
            });
    return issuers;
  }

  private Optional<Issuer> issuer(String name, Mapping written) {
    Optional<String> issuer = written.text("issuer").map(Scalar::text);
    Optional<String> audience = written.text("audience").map(Scalar::text);
    Optional<URI> keys =
        written
            .text("keys")
            .flatMap(
                url -> problems.attempt(url.place(), () -> HttpUrl.parse(url.text(), "a key URL")));
    return issuer.isPresent() && audience.isPresent() && keys.isPresent()
        ? Optional.of(
            new Issuer(name, issuer.get(), audience.get(), keys.get(), algorithms(written)))
        : Optional.empty();
  }

  private static Set<String> algorithms(Mapping issuer) {
    return issuer.field("algorithms").isEmpty()
        ? STANDARD
        : issuer.items("algorithms").stream()
            .flatMap(item -> item.asText().stream())
            .map(Scalar::text)
            .collect(Collectors.toUnmodifiableSet());
  }
}

package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * One file as far as it could be read.
 *
 * @param api its name, where it has one
 * @param policy where nothing is wrong with the file by itself
 * @param routes those that could be read
 * @param limits those of the API and of its routes that could be read
 * @param issuers those that could be read
 * @param root the document
 */
record PolicyFile(
    Optional<Placed<String>> api,
    Optional<Policy> policy,
    List<Placed<Route>> routes,
    List<Placed<Limit>> limits,
    List<Placed<Issuer>> issuers,
    Mapping root) {

  PolicyFile {
    routes = List.copyOf(routes);
    limits = List.copyOf(limits);
    issuers = List.copyOf(issuers);
  }

  /** Reads one document; empty where it is not even YAML. */
  static Optional<PolicyFile> read(String file, String yaml, Problems problems) {
    int before = problems.count();
    return YamlTree.read(file, yaml, problems)
        .flatMap(
            root -> {
              PolicySchema.check(root, problems);
              ForeignPlaceholders.check(root, problems);
              return root instanceof Mapping mapping
                  ? Optional.of(new PolicyFileReader(mapping, problems).file(before))
                  : Optional.empty();
            });
  }
}

package dev.portcullis.policy;

import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads error profiles. */
final class ProfileReader {
  private static final RefusalContext SAMPLE = RefusalContext.of("sample");

  private final Problems problems;
  private final AnswerReader fields;
  private final String realm;

  ProfileReader(String realm, Problems problems) {
    this.realm = realm;
    this.problems = problems;
    this.fields = new AnswerReader(problems);
  }

  /** Reads one profile; empty where something is against it, which is then a problem. */
  Optional<ErrorProfile> read(String name, Mapping profile) {
    int before = problems.count();
    if (name.equals(ErrorProfile.PROBLEM_NAME)) {
      problems.add(profile.place(), "the profile 'problem' is built in; choose another name");
    }
    AnswerSpec standard = profile.field("default").map(this::spec).orElse(AnswerSpec.NONE);
    Map<Reason, AnswerSpec> special = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      profile.field(reason.name()).map(this::spec).ifPresent(spec -> special.put(reason, spec));
    }
    if (problems.count() == before) {
      Set<Place> refused = new HashSet<>();
      for (Reason reason : Reason.values()) {
        AnswerSpec spec =
            special
                .getOrDefault(reason, AnswerSpec.NONE)
                .orElse(standard)
                .orElse(AnswerSpec.problem(reason));
        Place place =
            profile.field(reason.name()).or(() -> profile.field("default")).orElse(profile).place();
        if (!refused.contains(place)
            && problems.attempt(place, () -> checked(spec, reason)).isEmpty()) {
          refused.add(place);
        }
      }
    }
    return problems.count() == before
        ? Optional.of(new ErrorProfile(name, realm, standard, special))
        : Optional.empty();
  }

  private AnswerTemplate checked(AnswerSpec spec, Reason reason) {
    AnswerTemplate template = spec.compile(reason, realm);
    AnswerReader.check(template.render(SAMPLE), spec.contentType());
    return template;
  }

  private AnswerSpec spec(Element element) {
    if (!(element instanceof Mapping answer)) {
      return AnswerSpec.NONE;
    }
    answer
        .text("body")
        .ifPresent(body -> checkTemplate(body, text -> Template.ofBody(text, Escaping.PLAIN)));
    answer
        .mapping("headers")
        .values()
        .forEach(value -> value.asText().ifPresent(text -> checkTemplate(text, Template::ofField)));
    return fields.read(answer);
  }

  private void checkTemplate(Scalar text, Function<String, Template> reading) {
    problems.attempt(text.place(), () -> reading.apply(text.text()));
  }
}

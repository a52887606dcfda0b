package dev.portcullis.policy;

import dev.portcullis.policy.Element.Kind;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads error profiles. */
final class ProfileReader {
  /** Fields that the gateway or the server sets itself. */
  private static final Set<String> NOT_HERE =
      Set.of("content-type", "content-length", "transfer-encoding", "connection", "date");

  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[a-z0-9.+-]+/[a-z0-9.+-]+( *; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

  private static final RefusalContext SAMPLE = RefusalContext.of("sample");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Problems problems;
  private final String realm;

  ProfileReader(String realm, Problems problems) {
    this.realm = realm;
    this.problems = problems;
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
    Answer sample = template.render(SAMPLE);
    if (WITHOUT_BODY.contains(sample.status()) && !sample.body().isEmpty()) {
      throw new IllegalArgumentException("status " + sample.status() + " has no body");
    }
    boolean json =
        spec.contentType()
            .flatMap(Escaping::ofContentType)
            .filter(Escaping.JSON::equals)
            .isPresent();
    if (json && !sample.body().isEmpty()) {
      try {
        JSON.readTree(sample.body());
      } catch (JacksonException e) {
        throw new IllegalArgumentException(
            "the body is not JSON once filled in: " + sample.body(), e);
      }
    }
    return template;
  }

  private AnswerSpec spec(Element element) {
    if (!(element instanceof Mapping answer)) {
      return AnswerSpec.NONE;
    }
    answer.text("content-type").ifPresent(this::checkContentType);
    answer.text("body").ifPresent(this::checkBody);
    return new AnswerSpec(
        answer.field("status").flatMap(ProfileReader::status),
        headers(answer.mapping("headers")),
        answer.text("content-type").map(Scalar::text),
        answer.text("body").map(Scalar::text));
  }

  private static Optional<Integer> status(Element element) {
    return element instanceof Scalar(Place place, Kind kind, String text)
            && kind == Kind.INTEGER
            && text.length() == 3
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  private Map<String, String> headers(Map<String, Element> written) {
    Map<String, String> headers = new LinkedHashMap<>();
    written.forEach(
        (name, element) -> {
          if (!HttpSyntax.isToken(name)) {
            problems.add(element.place(), "'" + name + "' is not a header name (RFC 9110, 5.1)");
          }
          if (NOT_HERE.contains(name.toLowerCase(Locale.ROOT))) {
            problems.add(element.place(), "'" + name + "' is not set here; see content-type");
          }
          element
              .asText()
              .ifPresent(
                  value -> {
                    checkField(value);
                    headers.put(name, value.text());
                  });
        });
    return headers;
  }

  private void checkField(Scalar value) {
    if (!HttpSyntax.isFieldValue(value.text())) {
      problems.add(value.place(), "a header's value is printable ASCII without spaces around it");
    }
    problems.attempt(value.place(), () -> Template.ofField(value.text()));
  }

  private void checkContentType(Scalar type) {
    if (!MEDIA_TYPE.matcher(type.text()).matches()) {
      problems.add(
          type.place(), "'" + type.text() + "' is not TYPE/SUBTYPE, with charset=utf-8 or nothing");
    }
  }

  private void checkBody(Scalar body) {
    problems.attempt(body.place(), () -> Template.ofBody(body.text(), Escaping.PLAIN));
  }
}

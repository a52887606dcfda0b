package dev.portcullis.policy;

import dev.portcullis.policy.Element.Kind;
import dev.portcullis.policy.Element.Mapping;
import dev.portcullis.policy.Element.Scalar;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the fields of an answer, as error profiles and routes write them. */
final class AnswerReader {
  /** Fields that the gateway or the server sets itself. */
  private static final Set<String> NOT_HERE =
      Set.of("content-type", "content-length", "transfer-encoding", "connection", "date");

  private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[a-z0-9.+-]+/[a-z0-9.+-]+( *; *charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Problems problems;

  AnswerReader(Problems problems) {
    this.problems = problems;
  }

  /** Reads the fields, each by itself; placeholders are taken as they stand. */
  AnswerSpec read(Mapping answer) {
    answer.text("content-type").ifPresent(this::checkContentType);
    return new AnswerSpec(
        answer.field("status").flatMap(AnswerReader::status),
        headers(answer.mapping("headers")),
        answer.text("content-type").map(Scalar::text),
        answer.text("body").map(Scalar::text));
  }

  /**
   * Checks a whole answer of this type.
   *
   * @throws IllegalArgumentException with a message for people, when its fields do not go together
   */
  static void check(Answer answer, Optional<String> contentType) {
    if (answer.body().isEmpty()) {
      return;
    }
    if (WITHOUT_BODY.contains(answer.status())) {
      throw new IllegalArgumentException("status " + answer.status() + " has no body");
    }
    if (contentType.flatMap(Escaping::ofContentType).filter(Escaping.JSON::equals).isPresent()) {
      try {
        JSON.readTree(answer.body());
      } catch (JacksonException e) {
        throw new IllegalArgumentException("the body is not JSON: " + answer.body(), e);
      }
    }
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
  }

  private void checkContentType(Scalar type) {
    if (!MEDIA_TYPE.matcher(type.text()).matches()) {
      problems.add(
          type.place(), "'" + type.text() + "' is not TYPE/SUBTYPE, with charset=utf-8 or nothing");
    }
  }
}

package dev.portcullis.policy;

import dev.portcullis.policy.AnswerTemplate.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a policy file says of answers, before it is known for which reason.
 *
 * @param status empty for the reason's own
 * @param headers values with placeholders; an empty value takes a header away. Names are compared
 *     without regard to case
 * @param contentType empty for the inherited one
 * @param body with placeholders; empty for the inherited one
 */
record AnswerSpec(
    Optional<Integer> status,
    Map<String, String> headers,
    Optional<String> contentType,
    Optional<String> body) {
  /** Nothing is said. */
  static final AnswerSpec NONE =
      new AnswerSpec(Optional.empty(), Map.of(), Optional.empty(), Optional.empty());

  private static final AnswerSpec BLANK = problem("about:blank", "${title}", "");

  /** The problem type of draft-ietf-httpapi-ratelimit-headers-10. */
  private static final AnswerSpec QUOTA_EXCEEDED =
      problem(
          "https://iana.org/assignments/http-problem-types#quota-exceeded",
          "Request cannot be satisfied as assigned quota has been exceeded",
          ",\"violated-policies\":[\"${limit-name}\"]");

  AnswerSpec {
    TreeMap<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = Collections.unmodifiableMap(byName);
  }

  /** The built-in answer (RFC 9457): says what it must, and the request's id for who helps. */
  static AnswerSpec problem(Reason reason) {
    return switch (reason) {
      case RATE_LIMITED, QUOTA_EXHAUSTED -> QUOTA_EXCEEDED;
      default -> BLANK;
    };
  }

  private static AnswerSpec problem(String type, String title, String more) {
    return new AnswerSpec(
        Optional.empty(),
        Map.of(),
        Optional.of("application/problem+json"),
        Optional.of(
            "{\"type\":\""
                + type
                + "\",\"title\":\""
                + title
                + "\",\"status\":${status}"
                + more
                + ",\"requestId\":\"${request-id}\"}"));
  }

  /** This, and where it says nothing, that. */
  AnswerSpec orElse(AnswerSpec base) {
    TreeMap<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(base.headers);
    merged.putAll(headers);
    return new AnswerSpec(
        status.or(base::status), merged, contentType.or(base::contentType), body.or(base::body));
  }

  /**
   * The answer for one reason.
   *
   * @throws IllegalArgumentException with a message for people, when a template is not sound
   */
  AnswerTemplate compile(Reason reason, String realm) {
    int code = status.orElse(reason.status());
    Map<Placeholder, String> known = new EnumMap<>(Placeholder.class);
    known.put(Placeholder.STATUS, Integer.toString(code));
    known.put(Placeholder.TITLE, StatusPhrase.of(code).orElse(reason.title()));
    known.put(Placeholder.REASON, reason.name());
    known.put(Placeholder.REALM, realm);

    Map<String, String> all = StandardHeaders.of(reason, code);
    all.putAll(headers);
    String type = contentType.orElse("text/plain");
    String text = body.orElse("");
    if (!text.isEmpty()) {
      all.putIfAbsent("Content-Type", type);
    }
    List<Field> fields = new ArrayList<>(all.size());
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            fields.add(new Field(name, Template.ofField(value).fill(known)));
          }
        });
    return new AnswerTemplate(code, fields, template(text, type).fill(known));
  }

  private static Template template(String body, String contentType) {
    Optional<Escaping> escaping = Escaping.ofContentType(contentType);
    Template template = Template.ofBody(body, escaping.orElse(Escaping.PLAIN));
    if (escaping.isEmpty() && template.constant().isEmpty()) {
      throw new IllegalArgumentException(
          "a body of type '"
              + contentType
              + "' can have no placeholders: only JSON, XML, HTML and plain text are escaped");
    }
    return template;
  }
}

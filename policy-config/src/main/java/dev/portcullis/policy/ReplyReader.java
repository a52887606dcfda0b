package dev.portcullis.policy;

import dev.portcullis.policy.Answer.Header;
import dev.portcullis.policy.Element.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what the gateway itself answers on a route, always the same. */
final class ReplyReader {
  private static final int OK = 200;

  private final Problems problems;
  private final AnswerReader fields;

  ReplyReader(Problems problems) {
    this.problems = problems;
    this.fields = new AnswerReader(problems);
  }

  /** Reads the reply of a route; empty where it has none, or none that is sound. */
  Optional<Answer> read(Mapping route) {
    Optional<Element> written = route.field("reply");
    if (written.isPresent() && route.field("filters").isPresent()) {
      problems.add(
          written.get().place(), "goes to no upstream, so there is nothing that 'filters' change");
    }
    return written.isPresent() && written.get() instanceof Mapping reply
        ? problems.attempt(reply.place(), () -> answer(fields.read(reply)))
        : Optional.empty();
  }

  private static Answer answer(AnswerSpec spec) {
    String body = spec.body().orElse("");
    if (!body.isEmpty() && spec.contentType().isEmpty()) {
      throw new IllegalArgumentException("has a body and does not say its 'content-type'");
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Cache-Control", "no-store");
    all.putAll(spec.headers());
    spec.contentType().ifPresent(type -> all.put("Content-Type", type));
    List<Header> headers = new ArrayList<>(all.size());
    all.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            headers.add(new Header(name, value));
          }
        });
    Answer answer = new Answer(spec.status().orElse(OK), headers, body);
    AnswerReader.check(answer, spec.contentType());
    return answer;
  }
}

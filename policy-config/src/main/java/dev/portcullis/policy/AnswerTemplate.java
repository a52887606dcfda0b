package dev.portcullis.policy;

import dev.portcullis.policy.Answer.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the refusals for one reason look like, with only what a request brings left open.
 *
 * @param status the HTTP status, 200 to 599
 * @param fields in order
 * @param body may be empty
 */
record AnswerTemplate(int status, List<Field> fields, Template body) {

  AnswerTemplate {
    fields = List.copyOf(fields);
  }

  /** One field line; not sent when it renders to nothing. */
  record Field(String name, Template value, Optional<Header> constant) {
    Field(String name, Template value) {
      this(name, value, value.constant().map(text -> new Header(name, text)));
    }
  }

  Answer render(RefusalContext context) {
    List<Header> headers = new ArrayList<>(fields.size());
    for (Field field : fields) {
      if (field.constant.isPresent()) {
        headers.add(field.constant.get());
      } else {
        String value = field.value.render(context).strip();
        if (!value.isEmpty()) {
          headers.add(new Header(field.name, value));
        }
      }
    }
    return new Answer(status, headers, body.render(context));
  }
}

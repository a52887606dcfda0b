package dev.portcullis.policy;

import dev.portcullis.policy.Answer.Header;
import java.util.List;

/**
 * What one reason's refusals look like, with placeholders still in it.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers with placeholders in their values
 * @param contentType decides how placeholders are escaped
 * @param body with placeholders
 */
public record AnswerTemplate(int status, List<Header> headers, String contentType, String body) {

  public AnswerTemplate {
    headers = List.copyOf(headers);
  }

  Answer render(Reason reason, String realm, RefusalContext context) {
    return new Answer(status, headers, body);
  }
}

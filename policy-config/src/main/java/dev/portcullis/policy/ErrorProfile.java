package dev.portcullis.policy;

import java.util.Map;

/**
 * What refusals of an API look like: for each reason a status, headers, a content type and a body.
 *
 * @param name as in the policy file
 * @param realm of the Bearer challenge (RFC 6750, section 3)
 * @param answers one for every reason
 */
public record ErrorProfile(String name, String realm, Map<Reason, AnswerTemplate> answers) {

  public ErrorProfile {
    answers = Map.copyOf(answers);
  }

  /** The answer for a refusal. */
  public Answer answer(Reason reason, RefusalContext context) {
    AnswerTemplate template = answers.get(reason);
    if (template == null) {
      throw new IllegalStateException("error profile " + name + " lacks " + reason);
    }
    return template.render(reason, realm, context);
  }
}

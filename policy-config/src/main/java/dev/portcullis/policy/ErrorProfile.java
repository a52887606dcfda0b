package dev.portcullis.policy;

import java.util.EnumMap;
import java.util.Map;

/**
 * What refusals of an API look like: for each reason a status, headers, a content type and a body.
 */
public final class ErrorProfile {
  /** The name of the profile that is always there. */
  static final String PROBLEM_NAME = "problem";

  /** Problem details (RFC 9457); the answers where no policy has a say. */
  public static final ErrorProfile PROBLEM = problem("portcullis");

  private final String name;
  private final Map<Reason, AnswerTemplate> answers = new EnumMap<>(Reason.class);

  /**
   * Compiles a profile.
   *
   * @throws IllegalArgumentException with a message for people, when a template is not sound
   */
  ErrorProfile(String name, String realm, AnswerSpec standard, Map<Reason, AnswerSpec> special) {
    this.name = name;
    for (Reason reason : Reason.values()) {
      AnswerSpec spec =
          special
              .getOrDefault(reason, AnswerSpec.NONE)
              .orElse(standard)
              .orElse(AnswerSpec.problem(reason));
      answers.put(reason, spec.compile(reason, realm));
    }
  }

  /** The profile {@code problem} with a realm of the Bearer challenge (RFC 6750, section 3). */
  static ErrorProfile problem(String realm) {
    return new ErrorProfile(PROBLEM_NAME, realm, AnswerSpec.NONE, Map.of());
  }

  /** The name, as in the policy file. */
  public String name() {
    return name;
  }

  /** The answer for a refusal. */
  public Answer answer(Reason reason, RefusalContext context) {
    AnswerTemplate template = answers.get(reason);
    if (template == null) {
      throw new IllegalStateException("error profile " + name + " lacks " + reason);
    }
    return template.render(context);
  }

  @Override
  public String toString() {
    return "ErrorProfile[" + name + "]";
  }
}

package dev.portcullis.gateway;

import java.util.List;

/** The policies cannot be followed as they are, and there are no earlier ones to keep. */
final class UnsoundPoliciesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnsoundPoliciesException(List<String> problems) {
    super("the policies are not sound:\n" + String.join("\n", problems));
  }
}

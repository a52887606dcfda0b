package dev.portcullis.gateway.cli;

import tools.jackson.databind.JsonNode;

/** What became of a request to the control plane. */
sealed interface Reply {

  /**
   * It was done.
   *
   * @param body of the answer; missing where the answer was read line by line
   */
  record Done(JsonNode body) implements Reply {
    @Override
    public String toString() {
      return "Done";
    }
  }

  /**
   * It was refused.
   *
   * @param status of the answer
   * @param problem the problem details (RFC 9457); an empty object where the answer had none
   */
  record Refused(int status, JsonNode problem) implements Reply {}

  /**
   * There was no answer, or not all of it.
   *
   * @param cause for people
   */
  record Unreachable(String cause) implements Reply {}
}

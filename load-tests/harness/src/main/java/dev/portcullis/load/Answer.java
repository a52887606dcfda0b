package dev.portcullis.load;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the control plane said to one request.
 *
 * @param status 0 where there was no answer
 * @param replayed whether it says that it was given before to the same request
 */
record Answer(int status, String body, boolean replayed) {
  private static final JsonMapper JSON = new JsonMapper();

  /** There was none. */
  static final Answer NONE = new Answer(0, "", false);

  /** Whether what was asked for is done. */
  boolean acknowledged() {
    return status / 100 == 2;
  }

  /** Whether it says nothing about what was done: it may be done or not, or soon be. */
  boolean unknown() {
    return status == 0 || status / 100 == 5;
  }

  /** Of what was made, only what may be shown. */
  Answer withoutSecret() {
    return new Answer(status, json().path("token").toString(), replayed);
  }

  JsonNode json() {
    return JSON.readTree(body);
  }
}

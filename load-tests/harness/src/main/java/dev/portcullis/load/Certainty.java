package dev.portcullis.load;

/** What a client knows of something that it asked for, when not all was answered. */
enum Certainty {
  NO,
  /** It was asked for, and there was no answer: it may be so or not. */
  MAYBE,
  YES;

  /** After it was asked for without an answer. */
  Certainty orMaybe() {
    return this == NO ? MAYBE : this;
  }

  /** Whether it may be so, or not be so. */
  boolean allows(boolean so) {
    return this == MAYBE || (this == YES) == so;
  }
}

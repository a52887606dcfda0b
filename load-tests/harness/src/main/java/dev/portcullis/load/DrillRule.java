package dev.portcullis.load;

/** What must hold during and after a drill; each named by what is counted where it does not. */
enum DrillRule {
  ANSWERS("answers that were not to be expected"),
  ANSWERED("requests with a key that were not answered, however often they were sent"),
  SAME_SECRET("repeats of a request with a key that gave another token or secret"),
  ONE_TOKEN("requests with a key that made no token, or two"),
  TOKENS("tokens that are not as was last acknowledged"),
  PRINCIPALS("principals that are not as was last acknowledged"),
  INDEXES("records that the indexes do not agree with"),
  STRAY_MEMBERS("members of indexes without a record"),
  PAIRS("regenerated tokens that are not linked both ways"),
  DELETED("tokens that outlived their principal, or fell without it"),
  DELETIONS("deletions that were not finished a minute later"),
  TRAIL("problems of the audit trail"),
  AUDITED("changes without exactly one entry of their own"),
  REPLAYED("records that are not what the audit trail, replayed, gives"),
  DATA_PLANE("secrets that were not answered as the state of their token says");

  private final String text;

  DrillRule(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}

package dev.portcullis.load;

import java.util.List;

/**
 * For how long one gateway still admitted a token that was revoked. Never negative.
 *
 * @param sameGateway whether the revoke went through this gateway
 * @param lastSentMillis from the revoke's answer to the sending of the last request answered 200
 * @param lastReceivedMillis from the revoke's answer to the receipt of the last 200
 */
record Lag(boolean sameGateway, double lastSentMillis, double lastReceivedMillis) {

  static Lag of(boolean sameGateway, long answered, List<Sample> samples) {
    double sent = 0;
    double received = 0;
    for (Sample sample : samples) {
      if (sample.status() == 200) {
        sent = Math.max(sent, (sample.sent() - answered) / 1e6);
        received = Math.max(received, (sample.received() - answered) / 1e6);
      }
    }
    return new Lag(sameGateway, sent, received);
  }
}

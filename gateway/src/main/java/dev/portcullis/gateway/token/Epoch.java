package dev.portcullis.gateway.token;

/**
 * A stretch of time in which no change in the store can have been missed, and the time after it
 * until changes are told again.
 *
 * @param number entries of one epoch are valid in it only
 * @param listening whether changes are being told, so that what is read may be cached
 */
record Epoch(long number, boolean listening) {
  Epoch next(boolean nowListening) {
    return new Epoch(number + 1, nowListening);
  }

  Epoch unheard() {
    return new Epoch(number, false);
  }
}

package dev.portcullis.gateway.control;

/** The end of a reply that was begun and cannot be finished; its reader sees it broken off. */
final class StreamBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StreamBrokenException(String why) {
    super(why);
  }
}

package dev.portcullis.gateway.proxy;

import reactor.netty.channel.AbortedException;

/**
 * The end of a request's body that cannot be decoded: whoever reads it must not take it for whole.
 *
 * <p>To Reactor Netty it is a client that went away, which is no error of the server's to log.
 */
final class RejectedBody extends AbortedException {
  private final boolean late;

  /** Says of the cause no more than its kind: its message may quote what the client sent. */
  RejectedBody(Throwable cause) {
    super(cause.getClass().getSimpleName());
    this.late = cause instanceof TooSlowException;
  }

  RejectedRequest asRequest() {
    return late
        ? RejectedRequest.withStatus(408, "the body takes too long")
        : RejectedRequest.because("malformed body: " + getMessage());
  }
}

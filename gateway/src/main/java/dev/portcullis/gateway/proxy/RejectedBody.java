package dev.portcullis.gateway.proxy;

import reactor.netty.channel.AbortedException;

/**
 * The end of a request's body that cannot be decoded: whoever reads it must not take it for whole.
 *
 * <p>To Reactor Netty it is a client that went away, which is no error of the server's to log.
 */
final class RejectedBody extends AbortedException {

  /** Says of the cause no more than its kind: its message may quote what the client sent. */
  RejectedBody(Throwable cause) {
    super(cause.getClass().getSimpleName());
  }

  RejectedRequest asRequest() {
    return RejectedRequest.because("malformed body: " + getMessage());
  }
}

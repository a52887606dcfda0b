package dev.portcullis.gateway.proxy;

/** Why a request is not read any further: the rest of it is too long in coming. */
final class TooSlowException extends Exception {

  TooSlowException() {
    super(null, null, false, false);
  }
}

package dev.portcullis.gateway.redis;

import org.jspecify.annotations.Nullable;

/** The data directory of the embedded Redis cannot be used; the message is for people. */
public final class DataDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataDirectoryException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
  }
}

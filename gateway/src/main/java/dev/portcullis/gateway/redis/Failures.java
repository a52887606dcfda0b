package dev.portcullis.gateway.redis;

import io.github.bucket4j.distributed.proxy.BucketNotFoundException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What went wrong between the gateway and Redis, in words without secrets. */
final class Failures {
  private static final String NO_CODE = "an error";

  private Failures() {}

  /** A word or two for whoever reads the log. */
  static String cause(Throwable failure) {
    Throwable root = root(failure);
    return switch (root) {
      case NotConnected e -> "not connected to Redis: " + e.getMessage();
      case RedisCommandExecutionException e -> "Redis answered " + code(e);
      case RedisCommandTimeoutException e -> "Redis did not answer in time";
      case TimeoutException e -> "Redis did not answer in time";
      case io.github.bucket4j.TimeoutException e -> "Redis did not answer in time";
      case IllegalArgumentException e -> "what Redis has cannot be read: " + e.getMessage();
      case IllegalStateException e -> "what Redis has cannot be read";
      default -> "no connection to Redis: " + innermost(root);
    };
  }

  /** Whether Redis itself answered with an error. */
  static boolean isAnswer(Throwable failure) {
    return root(failure) instanceof RedisCommandExecutionException;
  }

  /** Whether Redis itself answered with an error of this code, for example {@code WRONGTYPE}. */
  static boolean isAnswer(Throwable failure, String code) {
    return root(failure) instanceof RedisCommandExecutionException e && code(e).equals(code);
  }

  /** Whether Redis answered, but what it has is not as it should be. */
  static boolean isOfContent(Throwable failure) {
    return root(failure) instanceof IllegalArgumentException
        || isAnswer(failure, "WRONGTYPE")
        || isAnswer(failure, "ERR");
  }

  /** Whether what Redis has is not what was written there. */
  static boolean isUnreadable(Throwable failure) {
    Throwable root = root(failure);
    return root instanceof IllegalArgumentException
        || root instanceof IllegalStateException
        || isAnswer(root, "WRONGTYPE");
  }

  /** Whether Redis has no such bucket. */
  static boolean isNoBucket(Throwable failure) {
    return root(failure) instanceof BucketNotFoundException;
  }

  /** There is no connection to Redis at the moment. */
  static final class NotConnected extends RuntimeException {
    NotConnected(String why) {
      super(why, null, false, false);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? root(cause) : failure;
  }

  /** The code that Redis answered a handshake with, or else the kind of failure. */
  private static String innermost(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause != null) {
      return innermost(cause);
    }
    String code = code(failure);
    return code.equals(NO_CODE) ? failure.getClass().getSimpleName() : code;
  }

  // Only the first word: what follows may quote an argument, or be long.
  private static String code(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf(' ');
    String code = end < 0 ? message : message.substring(0, end);
    return code.matches("[A-Z]{2,20}") ? code : NO_CODE;
  }
}

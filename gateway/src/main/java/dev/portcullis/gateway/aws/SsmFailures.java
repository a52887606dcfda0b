package dev.portcullis.gateway.aws;

import dev.portcullis.gateway.registry.ParameterStore.Failed;
import dev.portcullis.gateway.registry.ParameterStore.Put;
import dev.portcullis.gateway.registry.ParameterStore.Refused;
import dev.portcullis.gateway.registry.ParameterStore.Unknown;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What went wrong between the gateway and AWS, in words that are no secret. */
final class SsmFailures {
  private static final Set<String> LATER =
      Set.of(
          "ThrottlingException",
          "Throttling",
          "RequestLimitExceeded",
          "TooManyUpdates",
          "ServiceUnavailable",
          "ServiceUnavailableException");
  private static final Set<String> OF_THE_NAME =
      Set.of(
          "ValidationException",
          "HierarchyLevelLimitExceededException",
          "HierarchyTypeMismatchException",
          "ParameterPatternMismatchException");

  private static final int TOO_MANY_REQUESTS = 429;

  private SsmFailures() {}

  /** What it means for a put. */
  static Put put(Throwable failure) {
    String cause = cause(failure);
    if (failure instanceof AwsServiceException answer) {
      String code = code(answer);
      if (LATER.contains(code) || answer.statusCode() == TOO_MANY_REQUESTS) {
        return new Failed(cause);
      }
      return answer.statusCode() >= 400 && answer.statusCode() < 500
          ? new Refused(field(code), cause)
          : new Unknown(cause);
    }
    return isUnsent(failure) ? new Failed(cause) : new Unknown(cause);
  }

  private static String field(String code) {
    if (code.equals("InvalidKeyId") || code.startsWith("KMS")) {
      return "storage.key";
    }
    return OF_THE_NAME.contains(code) ? "storage.name" : "storage";
  }

  /** A few words; AWS's code where it answered, and nothing else that it said. */
  static String cause(Throwable failure) {
    return switch (failure) {
      case AwsServiceException answer -> "AWS answered " + code(answer);
      case ApiCallTimeoutException _ -> "AWS did not answer in time";
      case RejectedExecutionException _ -> "the gateway stops";
      case TimeoutException _ -> "too much is asked of AWS at once";
      case SdkClientException e when isWithoutCredentials(e) ->
          "the gateway has no AWS credentials";
      case SdkClientException e when isUnsent(e) -> "no connection to AWS";
      case Throwable _ -> "AWS broke off, or answered what is no answer";
    };
  }

  private static boolean isUnsent(Throwable failure) {
    return failure instanceof RejectedExecutionException
        || failure instanceof TimeoutException
        || isWithoutCredentials(failure)
        || isCausedBy(failure, ConnectException.class)
        || isCausedBy(failure, UnknownHostException.class);
  }

  private static boolean isWithoutCredentials(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith("Unable to load credentials");
  }

  private static boolean isCausedBy(Throwable failure, Class<?> type) {
    Throwable cause = failure.getCause();
    return type.isInstance(failure) || (cause != null && isCausedBy(cause, type));
  }

  /** What is no plain word may be anything. */
  private static String code(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code != null && code.matches("[A-Za-z]{1,60}") ? code : "status " + answer.statusCode();
  }
}

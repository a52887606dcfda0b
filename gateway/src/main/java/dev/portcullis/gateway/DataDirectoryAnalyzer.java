package dev.portcullis.gateway;

import dev.portcullis.gateway.redis.DataDirectoryException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the data directory, in place of a stack trace. */
final class DataDirectoryAnalyzer extends AbstractFailureAnalyzer<DataDirectoryException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DataDirectoryException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Stop the other gateway, or give this one a directory of its own with --portcullis.data=DIR"
            + " that it may write to; with a Redis of your own, --portcullis.redis.uri, none is"
            + " needed.",
        cause);
  }
}

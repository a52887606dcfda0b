package dev.portcullis.gateway.issuer;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** The port through which published keys are fetched. */
@FunctionalInterface
interface KeySource extends AutoCloseable {
  /** What is published there; fails where it cannot be had, or not in bounded time and size. */
  CompletionStage<KeySet> fetch(URI address);

  @Override
  default void close() {}
}

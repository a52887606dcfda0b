package dev.portcullis.gateway.token;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store whose reads of tokens end when the test says so, with what the test says. */
final class DelayedStore implements TokenStore {
  private final Deque<CompletableFuture<Lookup<Token>>> reads = new ArrayDeque<>();

  /** How many reads have not been answered. */
  synchronized int underWay() {
    return reads.size();
  }

  /** Ends the earliest read under way. */
  void answer(Lookup<Token> lookup) {
    CompletableFuture<Lookup<Token>> read;
    synchronized (this) {
      read = reads.removeFirst();
    }
    read.complete(lookup);
  }

  @Override
  public synchronized CompletionStage<Lookup<Token>> token(TokenHash hash) {
    CompletableFuture<Lookup<Token>> read = new CompletableFuture<>();
    reads.addLast(read);
    return read;
  }

  @Override
  public CompletionStage<Lookup<Principal>> principal(String id) {
    return CompletableFuture.completedStage(new Lookup.Absent<>());
  }

  @Override
  public CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    return CompletableFuture.completedStage(null);
  }
}

package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Revokes all tokens that a filter lets through, each by a change of its own. */
public final class MassRevocation {
  private static final int AT_ONCE = 200;

  private final TokenRegistry registry;
  private final TokenLife life;

  MassRevocation(TokenRegistry registry, TokenLife life) {
    this.registry = registry;
    this.life = life;
  }

  /**
   * Revokes them. What an outage leaves undone is done when asked again.
   *
   * @return how many were revoked by this
   */
  public CompletionStage<Outcome<Long>> revoke(
      TokenFilter filter, Optional<String> reason, Author author) {
    return page(filter, Optional.empty(), reason, author, 0);
  }

  private CompletionStage<Outcome<Long>> page(
      TokenFilter filter,
      Optional<String> cursor,
      Optional<String> reason,
      Author author,
      long sum) {
    return registry
        .tokens(filter, cursor, AT_ONCE)
        .thenCompose(
            found ->
                Outcomes.then(
                    found,
                    page ->
                        all(page.items(), reason, author)
                            .thenCompose(
                                revoked ->
                                    Outcomes.then(
                                        revoked,
                                        count ->
                                            page.next().isEmpty()
                                                ? Outcomes.done(sum + count)
                                                : page(
                                                    filter,
                                                    page.next(),
                                                    reason,
                                                    author,
                                                    sum + count)))));
  }

  private CompletionStage<Outcome<Long>> all(
      List<KeptToken> tokens, Optional<String> reason, Author author) {
    List<CompletableFuture<Outcome<Boolean>>> each = new ArrayList<>();
    for (KeptToken token : tokens) {
      if (token.details().token().revokedAt().isEmpty()) {
        each.add(
            life.revoke(token.details().id(), reason, author)
                .thenApply(MassRevocation::counted)
                .toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenCompose(all -> sum(each));
  }

  private static Outcome<Boolean> counted(Outcome<TokenDetails> outcome) {
    return switch (outcome) {
      case Outcome.Done<TokenDetails> done -> new Outcome.Done<>(true);
      case Outcome.NotFound<TokenDetails> gone -> new Outcome.Done<>(false);
      case Outcome.Conflict<TokenDetails>(String field, String detail) ->
          new Outcome.Unavailable<>("a token could not be revoked: " + detail);
      case Outcome.Unavailable<TokenDetails>(String cause) -> new Outcome.Unavailable<>(cause);
    };
  }

  private static CompletionStage<Outcome<Long>> sum(List<CompletableFuture<Outcome<Boolean>>> all) {
    CompletionStage<Outcome<Long>> sum = Outcomes.done(0L);
    for (CompletableFuture<Outcome<Boolean>> each : all) {
      sum =
          sum.thenCompose(
              before ->
                  Outcomes.then(
                      before,
                      count ->
                          Outcomes.then(
                              each.join(), hit -> Outcomes.done(hit ? count + 1 : count))));
    }
    return sum;
  }
}

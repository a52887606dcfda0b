package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.registry.ParameterStore.Deletion;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.SecretText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The making of access keys whose secret is put in a parameter store and shown to nobody: first the
 * parameter, then the token, and where the token is not made, no parameter either.
 */
public final class ManagedIssuance {
  /** A parameter this old, whose token is not known, is of no token that is being made. */
  private static final Duration ABANDONED = Duration.ofMinutes(1);

  private final TokenRegistry registry;
  private final Issuance issuance;
  private final ParameterStore parameters;
  private final InstantSource clock;

  ManagedIssuance(
      TokenRegistry registry, Issuance issuance, ParameterStore parameters, InstantSource clock) {
    this.registry = registry;
    this.issuance = issuance;
    this.parameters = parameters;
    this.clock = clock;
  }

  /** What became of it. */
  public sealed interface Result {}

  /** The parameter was put; this is what the registry said then. */
  public record Registered(Outcome<IssuedToken> outcome) implements Result {}

  /**
   * The parameter store does not take it; nothing was made.
   *
   * @param field of the request
   * @param detail for people
   */
  public record Refused(String field, String detail) implements Result {}

  /**
   * The parameter store, or the registry behind it, did not answer.
   *
   * @param detail for people: what was, or may have been, made
   */
  public record Unavailable(String detail) implements Result {}

  /** One token on its way. */
  private record Making(
      Issuance.Prepared prepared,
      Storage storage,
      Principal owner,
      Author author,
      Optional<IdempotentRequest> request) {

    Parameter parameter() {
      return parameterOf(prepared.token().id());
    }

    /** The same name's, where it is another token's. */
    Parameter parameterOf(String token) {
      return new Parameter(storage.name(), owner.organization(), token);
    }

    /** All characters of both are such as need no escape. */
    SecretText value() {
      return SecretText.of(
          "{\"accessKey\":\"%s\",\"secretKey\":\"%s\"}"
              .formatted(prepared.token().id(), prepared.minted().secret().reveal()));
    }
  }

  /**
   * Makes a new token of this owner, who must still be as given. {@code Conflict("storage.name",
   * ...)} where a parameter of this name is there already.
   */
  public CompletionStage<Result> create(
      TokenDraft draft,
      Storage storage,
      Principal owner,
      Author author,
      Optional<IdempotentRequest> request) {
    Issuance.Prepared prepared = issuance.prepare(draft, owner, author, Optional.of(storage));
    return put(new Making(prepared, storage, owner, author, request), true);
  }

  private CompletionStage<Result> put(Making making, boolean mayClear) {
    return parameters
        .put(making.parameter(), making.storage().key(), making.value())
        .thenCompose(
            put ->
                switch (put) {
                  case ParameterStore.Stored _ -> register(making);
                  // Whatever lies between may have sent it twice.
                  case ParameterStore.Taken(Optional<String> holder)
                      when holder.equals(Optional.of(making.prepared().token().id())) ->
                      register(making);
                  case ParameterStore.Taken(Optional<String> holder) ->
                      repeated(making, holder, mayClear);
                  case ParameterStore.Refused(String field, String detail) ->
                      done(new Refused(field, detail));
                  case ParameterStore.Failed(String cause) ->
                      done(new Unavailable("nothing was made: " + cause));
                  case ParameterStore.Unknown(String cause) -> undone(making, cause);
                });
  }

  /** What was not there to be deleted may be put yet. */
  private CompletionStage<Result> undone(Making making, String cause) {
    return parameters
        .delete(making.parameter())
        .thenApply(
            deletion ->
                new Unavailable(
                    deletion == Deletion.DELETED
                        ? "nothing was made: " + cause
                        : "no token was made, but parameter '"
                            + making.storage().name()
                            + "' may be there, of no use: "
                            + cause));
  }

  /** Who holds the name may be the same request, which was faster. */
  private CompletionStage<Result> repeated(
      Making making, Optional<String> holder, boolean mayClear) {
    if (making.request().isEmpty()) {
      return taken(making, holder, mayClear);
    }
    return issuance
        .repeat(making.request().get())
        .thenCompose(
            repeat ->
                repeat instanceof Outcome.NotFound<IssuedToken>
                    ? taken(making, holder, mayClear)
                    : done(new Registered(repeat)));
  }

  /**
   * What a revoke could not delete gives way; so does what an outage left behind, but only where no
   * other gateway's token can be behind it.
   */
  private CompletionStage<Result> taken(Making making, Optional<String> holder, boolean mayClear) {
    if (holder.isEmpty() || !mayClear) {
      return done(nameTaken());
    }
    return registry
        .token(holder.get())
        .thenCompose(
            found ->
                switch (found) {
                  case Outcome.Done<KeptToken>(KeptToken kept)
                      when isLeft(kept.details(), making.parameterOf(holder.get())) ->
                      clear(making, holder.get());
                  case Outcome.NotFound<KeptToken> _
                      when !parameters.isShared() && isAbandoned(holder.get()) ->
                      clear(making, holder.get());
                  case Outcome.Unavailable<KeptToken>(String cause) ->
                      done(new Unavailable("nothing was made: " + cause));
                  case Outcome<KeptToken> _ -> done(nameTaken());
                });
  }

  private static Result nameTaken() {
    return new Registered(
        new Outcome.Conflict<>("storage.name", "there is a parameter of this name"));
  }

  /** Whether it is what a revoke left behind: of the same name, and of the same organization. */
  private static boolean isLeft(TokenDetails holder, Parameter parameter) {
    return holder.token().revokedAt().isPresent()
        && holder.parameter().equals(Optional.of(parameter));
  }

  private boolean isAbandoned(String holder) {
    return TokenIds.madeAt(holder)
        .filter(made -> made.isBefore(clock.instant().minus(ABANDONED)))
        .isPresent();
  }

  private CompletionStage<Result> clear(Making making, String holder) {
    return parameters
        .delete(making.parameterOf(holder))
        .thenCompose(deletion -> put(making, false));
  }

  private CompletionStage<Result> register(Making making) {
    return issuance
        .issue(making.prepared(), making.owner(), making.author(), making.request())
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case Outcome.Done<IssuedToken>(IssuedToken issued)
                      when issued.token().id().equals(making.prepared().token().id()) ->
                      done(new Registered(outcome));
                  case Outcome.Unavailable<IssuedToken>(String cause) -> unclear(making, cause);
                  case Outcome<IssuedToken> _ ->
                      parameters
                          .delete(making.parameter())
                          .thenApply(deletion -> new Registered(outcome));
                });
  }

  /** Where nobody can tell, the parameter stays: it may be the only copy of a good secret. */
  private CompletionStage<Result> unclear(Making making, String cause) {
    return registry
        .token(making.prepared().token().id())
        .thenCompose(
            found ->
                switch (found) {
                  case Outcome.Done<KeptToken> _ ->
                      done(new Registered(new Outcome.Done<>(making.prepared().issued())));
                  case Outcome.NotFound<KeptToken> _ -> undone(making, cause);
                  case Outcome<KeptToken> _ ->
                      done(
                          new Unavailable(
                              "token "
                                  + making.prepared().token().id()
                                  + " may have been made; parameter '"
                                  + making.storage().name()
                                  + "' is kept: "
                                  + cause));
                });
  }

  private static CompletionStage<Result> done(Result result) {
    return CompletableFuture.completedStage(result);
  }
}

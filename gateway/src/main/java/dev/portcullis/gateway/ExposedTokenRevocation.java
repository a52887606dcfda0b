package dev.portcullis.gateway;

import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.decision.ExposedTokens;
import dev.portcullis.gateway.log.LogFields;
import dev.portcullis.gateway.meter.Meters;
import dev.portcullis.gateway.meter.Meters.ExposureOutcome;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes tokens that were sent over plain HTTP, in the gateway's own name. What an outage is in
 * the way of is tried again for a while.
 */
final class ExposedTokenRevocation implements ExposedTokens {
  private static final Logger LOG = LoggerFactory.getLogger(ExposedTokenRevocation.class);
  private static final Optional<String> REASON = Optional.of("sent over plain HTTP");

  /** Those beyond that, at the same time, are not revoked before they are sent again. */
  private static final int AT_ONCE = 1_000;

  private static final int ATTEMPTS = 60;

  private final Registrar registrar;
  private final Meters meters;
  private final Executor pause;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Revokes them here.
   *
   * @param pause runs an attempt after the one before it has failed
   */
  ExposedTokenRevocation(Registrar registrar, Meters meters, Executor pause) {
    this.registrar = registrar;
    this.meters = meters;
    this.pause = pause;
  }

  @Override
  public void exposed(Token token, List<TokenHash> hashes, String api, Optional<InetAddress> from) {
    Optional<String> address = from.map(InetAddress::getHostAddress);
    if (token.kind() == TokenKind.JWT) {
      meters.exposed(ExposureOutcome.FOREIGN);
      log("of another issuer, and cannot be revoked", token, api, address);
    } else if (underWay.size() >= AT_ONCE) {
      meters.exposed(ExposureOutcome.FAILED);
      log("not revoked: too many are being revoked", token, api, address);
    } else if (underWay.add(token.id())) {
      Author author = new Author(Author.GATEWAY.name(), Optional.empty(), address);
      CompletableFuture.completedStage(token)
          .thenCompose(it -> revoke(it, hashes, author, ATTEMPTS))
          .exceptionally(failure -> new Outcome.Unavailable<>(failure.toString()))
          .thenAccept(outcome -> tell(outcome, token, api, address))
          .whenComplete((done, failure) -> underWay.remove(token.id()));
    }
  }

  @Override
  public void unexamined() {
    meters.exposed(ExposureOutcome.UNEXAMINED);
  }

  private CompletionStage<Outcome<TokenDetails>> revoke(
      Token token, List<TokenHash> hashes, Author author, int left) {
    return (token.kind() == TokenKind.SESSION
            ? registrar.sessions().end(hashes, author)
            : registrar.tokens().revoke(token.id(), REASON, author))
        .thenCompose(
            outcome ->
                left > 1 && outcome instanceof Outcome.Unavailable
                    ? CompletableFuture.supplyAsync(
                            () -> revoke(token, hashes, author, left - 1), pause)
                        .thenCompose(again -> again)
                    : CompletableFuture.completedStage(outcome));
  }

  private void tell(
      Outcome<TokenDetails> outcome, Token token, String api, Optional<String> address) {
    if (outcome instanceof Outcome.Done<TokenDetails>) {
      meters.exposed(ExposureOutcome.REVOKED);
      log("revoked", token, api, address);
    } else {
      meters.exposed(ExposureOutcome.FAILED);
      log("not revoked: " + outcome, token, api, address);
    }
  }

  private static void log(String what, Token token, String api, Optional<String> address) {
    LOG.atWarn()
        .addKeyValue(LogFields.ACTION, "exposed")
        .addKeyValue(LogFields.TOKEN, token.id())
        .addKeyValue(LogFields.API, api)
        .addKeyValue(LogFields.CLIENT, address.orElse(""))
        .log("a token was sent over plain HTTP: {} is {}", token.id(), what);
  }
}

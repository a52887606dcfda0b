package dev.portcullis.gateway.redis;

import dev.portcullis.gateway.registry.Commit.Obstacle;
import dev.portcullis.gateway.registry.KeptToken;
import dev.portcullis.gateway.registry.Receipt;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.registry.Write;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parts of a change as commands of Redis. */
final class Writes {
  private static final String RECEIPT_SECONDS = Long.toString(Duration.ofDays(1).toSeconds());

  /** How much longer than it is good a session is kept, for clocks differ. */
  private static final Duration AFTER_THE_END = Duration.ofMinutes(1);

  private Writes() {}

  static void add(Commands commands, Write write) {
    switch (write) {
      case Write.AddPrincipal(Principal principal) -> add(commands, principal);
      case Write.ReplacePrincipal(Principal before, Principal after) -> {
        replace(commands, before, after);
        if (after.enabled()) {
          commands.unindex(Keys.DELETIONS, after.id());
        }
      }
      case Write.BeginDeletion(Principal before, Instant at) -> {
        replace(commands, before, before.enabled(false));
        String millis = Long.toString(at.toEpochMilli());
        commands.write("ZADD", Keys.DELETIONS, millis, before.id());
      }
      case Write.RemovePrincipal(Principal before, long tokens) -> remove(commands, before, tokens);
      case Write.AddToken(TokenDetails token, List<TokenHash> hashes, Principal owner) ->
          add(commands, token, hashes, owner);
      case Write.ReplaceToken(KeptToken before, TokenDetails after) ->
          replace(commands, before, after);
      case Write.AddSession(
              TokenDetails session,
              TokenHash hash,
              KeptToken parent,
              Principal owner) -> {
        checkUnchanged(commands, owner);
        checkInPlace(commands, parent);
        checkUnchanged(commands, parent, TokenRecord.written(parent.details()));
        add(commands, session, hash);
      }
      case Write.ReplaceSession(KeptToken before, TokenDetails after) ->
          replaceRecord(commands, before, after);
      case Write.Remember(var request, Receipt receipt) -> {
        String key = Keys.receipt(request.key());
        commands
            .checkAbsent(Obstacle.REQUEST_KNOWN, key)
            .writeFields(key, ReceiptRecord.write(receipt))
            .write("EXPIRE", key, RECEIPT_SECONDS);
      }
    }
  }

  private static void add(Commands commands, Principal principal) {
    String key = Keys.principal(principal.id());
    commands
        .checkAbsent(Obstacle.PRINCIPAL_EXISTS, key)
        .writeFields(key, PrincipalRecord.write(principal))
        .index(Keys.PRINCIPAL_IDS, principal.id());
    principal
        .organization()
        .ifPresent(name -> commands.index(Keys.principalsOfOrganization(name), principal.id()));
  }

  private static void checkUnchanged(Commands commands, Principal principal) {
    commands.checkFields(
        Obstacle.PRINCIPAL_CHANGED,
        Keys.principal(principal.id()),
        PrincipalRecord.write(principal),
        PrincipalRecord.FIELDS);
  }

  private static void replace(Commands commands, Principal before, Principal after) {
    checkUnchanged(commands, before);
    replace(
        commands,
        Keys.principal(before.id()),
        PrincipalRecord.write(before),
        PrincipalRecord.write(after));
  }

  private static void remove(Commands commands, Principal before, long tokens) {
    checkUnchanged(commands, before);
    String id = before.id();
    commands
        .check(
            Obstacle.PRINCIPAL_CHANGED,
            List.of("ZCARD", Keys.tokensOfPrincipal(id)),
            List.of(Commands.is(tokens)))
        .write("DEL", Keys.principal(id))
        .unindex(Keys.PRINCIPAL_IDS, id)
        .unindex(Keys.DELETIONS, id);
    before
        .organization()
        .ifPresent(name -> commands.unindex(Keys.principalsOfOrganization(name), id));
  }

  private static void add(
      Commands commands, TokenDetails token, List<TokenHash> hashes, Principal owner) {
    checkUnchanged(commands, owner);
    hashes.forEach(hash -> commands.checkAbsent(Obstacle.SECRET_KNOWN, Keys.token(hash)));
    commands
        .check(
            Obstacle.TOKEN_EXISTS,
            List.of("HEXISTS", Keys.TOKEN_HASHES, token.id()),
            List.of(Commands.is(0)))
        .writeFields(Keys.token(hashes.getFirst()), TokenRecord.write(token))
        .write("HSET", Keys.TOKEN_HASHES, token.id(), hashes.getFirst().text())
        .index(Keys.TOKEN_IDS, token.id())
        .index(Keys.tokensOfPrincipal(owner.id()), token.id());
    owner
        .organization()
        .ifPresent(name -> commands.index(Keys.tokensOfOrganization(name), token.id()));
    LiveIndex.add(commands, token);
  }

  /** No index has it: it is found by its hash only, and goes by itself. */
  private static void add(Commands commands, TokenDetails session, TokenHash hash) {
    String key = Keys.token(hash);
    Duration kept =
        Duration.between(session.createdAt(), session.token().expiresAt().orElseThrow())
            .plus(AFTER_THE_END);
    commands
        .checkAbsent(Obstacle.SECRET_KNOWN, key)
        .writeFields(key, TokenRecord.write(session))
        .write("PEXPIRE", key, Long.toString(kept.toMillis()));
  }

  private static void replace(Commands commands, KeptToken kept, TokenDetails after) {
    checkInPlace(commands, kept);
    replaceRecord(commands, kept, after);
    LiveIndex.remove(commands, kept.details());
    LiveIndex.add(commands, after);
  }

  private static void checkInPlace(Commands commands, KeptToken kept) {
    commands.check(
        Obstacle.TOKEN_CHANGED,
        List.of("HGET", Keys.TOKEN_HASHES, kept.details().id()),
        List.of(Commands.is(kept.hash().text())));
  }

  private static void replaceRecord(Commands commands, KeptToken kept, TokenDetails after) {
    Map<String, String> old = TokenRecord.write(kept.details());
    Map<String, String> now = TokenRecord.write(after);
    Set<String> fields = new TreeSet<>(old.keySet());
    fields.addAll(now.keySet());
    checkUnchanged(commands, kept, fields);
    replace(commands, Keys.token(kept.hash()), old, now);
  }

  private static void checkUnchanged(Commands commands, KeptToken kept, Set<String> fields) {
    commands.checkFields(
        Obstacle.TOKEN_CHANGED, Keys.token(kept.hash()), TokenRecord.write(kept.details()), fields);
  }

  private static void replace(
      Commands commands, String key, Map<String, String> old, Map<String, String> now) {
    Set<String> gone = new TreeSet<>(old.keySet());
    gone.removeAll(now.keySet());
    Map<String, String> changed = new TreeMap<>(now);
    changed.entrySet().removeAll(old.entrySet());
    commands.writeFields(key, changed).removeFields(key, gone);
  }
}

package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Importation;
import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Outcomes;
import dev.portcullis.gateway.registry.TokenDetails;
import dev.portcullis.gateway.token.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The lines of one import, each a token to be made, and what becomes of each. */
final class TokenImport {
  private static final int ATTEMPTS = 5;
  private static final int PRINCIPALS = 1000;
  private static final int SHA256_DIGITS = 64;
  private static final FieldProblem STORE =
      new FieldProblem("", "the store does not answer; import this line again");
  private static final FieldProblem EXPELLED = new FieldProblem("", "you may no longer import");

  private final OperatorCall call;
  private final VisiblePrincipals principals;
  private final VisibleTokens tokens;
  private final Importation importation;
  private final Grants grants;
  private final RulesPerApi rules;
  private final InstantSource clock;
  private final Map<String, Mono<Outcome<Principal>>> known = new ConcurrentHashMap<>();

  TokenImport(
      OperatorCall call,
      VisiblePrincipals principals,
      VisibleTokens tokens,
      Importation importation,
      Grants grants,
      RulesPerApi rules,
      InstantSource clock) {
    this.call = call;
    this.principals = principals;
    this.tokens = tokens;
    this.importation = importation;
    this.grants = grants;
    this.rules = rules;
    this.clock = clock;
  }

  /** What a line asks for, and who asks. */
  private record Asked(
      Operator operator,
      String sha256,
      Optional<Instant> createdAt,
      NewToken token,
      JsonMembers members) {}

  /** Does what the line asks for, if the operator still may: an import can go on for hours. */
  Mono<ImportedLine> done(Lines.Line line) {
    return Mono.defer(call.again())
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Done(Operator operator) -> done(line, operator);
                  case Outcome.Unavailable<Operator> _ ->
                      Mono.just(ImportedLine.failed(line.number(), STORE));
                  case Outcome.NotFound<Operator> _, Outcome.Conflict<Operator> _ ->
                      refused(line, EXPELLED);
                });
  }

  private Mono<ImportedLine> done(Lines.Line line, Operator operator) {
    if (line.bytes().isEmpty()) {
      return refused(line, new FieldProblem("", "has more than 65536 bytes"));
    }
    return switch (RequestBody.parse(line.bytes().get())) {
      case RequestBody.Refused(Problem problem) ->
          refused(line, new FieldProblem("", problem.detail()));
      case RequestBody.Members(JsonMembers members, byte[] _) ->
          done(line, asked(operator, members), ATTEMPTS);
    };
  }

  private Asked asked(Operator operator, JsonMembers members) {
    Instant now = clock.instant();
    members.require("sha256");
    return new Asked(
        operator,
        members.parsed("sha256", TokenImport::sha256).orElse(""),
        members.parsed("createdAt", text -> past(Times.time(text), now)),
        NewToken.readImported(members, rules, now),
        members);
  }

  private static String sha256(String text) {
    if (text.length() != SHA256_DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("is not 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static Instant past(Instant instant, Instant now) {
    if (instant.isAfter(now) || instant.isBefore(Instant.EPOCH)) {
      throw new IllegalArgumentException("is not a time from 1970 until now");
    }
    return instant;
  }

  private Mono<ImportedLine> done(Lines.Line line, Asked asked, int attempts) {
    JsonMembers members = asked.members();
    if (asked.token().principal().isEmpty()) {
      return refused(line, members);
    }
    String id = asked.token().principal().get();
    return principal(asked.operator(), id)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Done(Principal owner) -> {
                    grants.check(asked.token(), owner, asked.operator(), members);
                    yield members.problems().isEmpty()
                        ? make(line, asked, owner, attempts)
                        : refused(line, members);
                  }
                  case Outcome.Unavailable<Principal> _ -> {
                    known.remove(id);
                    yield Mono.just(ImportedLine.failed(line.number(), STORE));
                  }
                  case Outcome.NotFound<Principal> _, Outcome.Conflict<Principal> _ -> {
                    members.refuse("principal", "there is no such principal");
                    yield refused(line, members);
                  }
                });
  }

  private Mono<Outcome<Principal>> principal(Operator operator, String id) {
    if (known.size() >= PRINCIPALS) {
      known.clear();
    }
    return known.computeIfAbsent(id, _ -> principals.find(operator, id).cache());
  }

  private Mono<ImportedLine> make(Lines.Line line, Asked asked, Principal owner, int attempts) {
    return Stages.mono(
            () ->
                importation.importToken(
                    asked.sha256(),
                    asked.token().draft(),
                    asked.createdAt(),
                    owner,
                    asked.operator().author()))
        .flatMap(
            outcome -> {
              if (attempts > 1 && outcome.equals(Outcomes.<TokenDetails>changedMeanwhile())) {
                known.remove(owner.id());
                return done(line, asked, attempts - 1);
              }
              return result(line, asked.operator(), outcome);
            });
  }

  private Mono<ImportedLine> result(
      Lines.Line line, Operator operator, Outcome<TokenDetails> outcome) {
    return switch (outcome) {
      case Outcome.Done(TokenDetails token) ->
          Mono.just(ImportedLine.created(line.number(), token.id()));
      case Outcome.Conflict<TokenDetails>(String field, String id) when field.equals("sha256") ->
          exists(line, operator, id);
      case Outcome.Conflict<TokenDetails> it when it.equals(Outcomes.changedMeanwhile()) ->
          Mono.just(ImportedLine.failed(line.number(), STORE));
      case Outcome.Conflict<TokenDetails>(String field, String detail) ->
          refused(line, new FieldProblem(field, detail));
      case Outcome.NotFound<TokenDetails> _ ->
          refused(line, new FieldProblem("sha256", "is of a token that is gone"));
      case Outcome.Unavailable<TokenDetails> _ ->
          Mono.just(ImportedLine.failed(line.number(), STORE));
    };
  }

  /** Whose it is, is told to those only who may know of it. */
  private Mono<ImportedLine> exists(Lines.Line line, Operator operator, String id) {
    return tokens
        .find(operator, id)
        .flatMap(
            outcome ->
                switch (outcome) {
                  case Outcome.Done<?> _ -> Mono.just(ImportedLine.exists(line.number(), id));
                  case Outcome.Unavailable<?> _ ->
                      Mono.just(ImportedLine.failed(line.number(), STORE));
                  case Outcome.NotFound<?> _, Outcome.Conflict<?> _ ->
                      refused(line, new FieldProblem("sha256", "cannot be imported"));
                });
  }

  private static Mono<ImportedLine> refused(Lines.Line line, JsonMembers members) {
    return Mono.just(ImportedLine.refused(line.number(), members.problems()));
  }

  private static Mono<ImportedLine> refused(Lines.Line line, FieldProblem problem) {
    return Mono.just(ImportedLine.refused(line.number(), List.of(problem)));
  }
}

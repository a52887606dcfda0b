package dev.portcullis.load;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/** What one client of a drill does to its tokens, and how it compares the answers. */
final class TokenDrill {
  private static final double TWICE_AT_ONCE = 0.05;
  private static final double REPEATED = 0.1;
  private static final Duration LIFE = Duration.ofDays(30);
  private static final long SPREAD = Duration.ofDays(30).toMillis();
  private static final int CONFLICT = 409;

  private final String client;
  private final DrillConnections connections;
  private final DrillLog log;
  private final SplittableRandom random;
  private int number;

  TokenDrill(String client, DrillConnections connections, DrillLog log, SplittableRandom random) {
    this.client = client;
    this.connections = connections;
    this.log = log;
    this.random = random;
  }

  private String fresh(String what) {
    return what + "-" + client + "-" + ++number;
  }

  private String end() {
    return Instant.now()
        .plus(LIFE)
        .plusMillis(random.nextLong(SPREAD))
        .truncatedTo(ChronoUnit.MILLIS)
        .toString();
  }

  void create(ExpectedPrincipal owner) {
    String name = fresh("t");
    String body =
        """
        {"principal":"%s","kind":"api","name":"%s","scopes":["*:read"],"expiresAt":"%s"}\
        """
            .formatted(owner.id(), name, end());
    Answer answer = issue("create token", "/v1/tokens", body, fresh("create"));
    if (answer.acknowledged()) {
      ExpectedToken token = new ExpectedToken(answer.json(), owner);
      owner.tokens().add(token);
      log.issued(name);
      log.changed(answer, AuditedChange.only("token.create", token.id()));
    } else if (!answer.unknown()) {
      log.unexpected("create token", owner, answer);
    }
  }

  /** Until answered; what other answers there were must be the same. */
  private Answer issue(String operation, String path, String body, String key) {
    if (random.nextDouble() < TWICE_AT_ONCE) {
      List<Answer> both = connections.twice(operation, path, body, key);
      Answer last = connections.untilAnswered(operation, path, body, key);
      both.forEach(each -> same(operation, path, each, last));
      return last;
    }
    Answer answer = connections.untilAnswered(operation, path, body, key);
    if (random.nextDouble() < REPEATED) {
      same(operation, path, connections.untilAnswered(operation, path, body, key), answer);
    }
    return answer;
  }

  private void same(String operation, String path, Answer one, Answer other) {
    if (!one.unknown() && !other.unknown()) {
      log.findings()
          .expect(
              DrillRule.SAME_SECRET,
              one.status() == other.status() && identity(one).equals(identity(other)),
              () ->
                  operation
                      + " "
                      + path
                      + " gave "
                      + one.status()
                      + (one.acknowledged() ? "" : one.body())
                      + " and "
                      + other.status()
                      + (other.acknowledged() ? "" : other.body()));
    }
  }

  private static String identity(Answer answer) {
    JsonNode json = answer.json();
    return json.path("token").path("id").asString("") + json.path("secret").asString("");
  }

  void rename(ExpectedToken token) {
    String name = fresh("n");
    Answer answer =
        connections.once("rename token", "PATCH", path(token), "{\"name\":\"%s\"}".formatted(name));
    token.maybeNamed(name);
    log.changed(answer, new AuditedChange("token.update", token.id(), "name", name));
    settle("rename token", token, answer, "name", name);
  }

  void renew(ExpectedToken token) {
    String end = end();
    Answer answer =
        connections.once(
            "renew token", "POST", path(token) + "/renew", "{\"expiresAt\":\"%s\"}".formatted(end));
    if (answer.status() != CONFLICT) {
      token.maybeEnding(end);
    }
    log.changed(answer, new AuditedChange("token.renew", token.id(), "expiresAt", end));
    settle("renew token", token, answer, "expiresAt", end);
  }

  void revoke(ExpectedToken token) {
    boolean first = token.revoked() != Certainty.YES;
    Answer answer =
        connections.once("revoke token", "POST", path(token) + "/revoke", "{\"reason\":\"drill\"}");
    if (first) {
      token.maybeRevoked();
      log.changed(answer, AuditedChange.only("token.revoke", token.id()));
    }
    if (answer.acknowledged()) {
      boolean allowed = token.settle(answer.json());
      check("revoke token", token, allowed && token.revoked() == Certainty.YES, answer);
    } else if (!answer.unknown()) {
      log.unexpected("revoke token", token, answer);
    }
  }

  private void settle(
      String operation, ExpectedToken token, Answer answer, String field, String value) {
    if (answer.acknowledged()) {
      JsonNode json = answer.json();
      boolean allowed = token.settle(json);
      check(operation, token, allowed && json.path(field).asString("").equals(value), answer);
    } else if (answer.status() == CONFLICT && token.revoked() == Certainty.MAYBE) {
      token.surelyRevoked();
    } else if (!answer.unknown()) {
      log.unexpected(operation, token, answer);
    }
  }

  private void check(String operation, ExpectedToken token, boolean allowed, Answer answer) {
    log.findings()
        .expect(DrillRule.TOKENS, allowed, () -> operation + " of " + token + ": " + answer.body());
  }

  /** Replaces it, at once or after an hour. */
  void regenerate(ExpectedToken token) {
    boolean atOnce = random.nextBoolean();
    String body = "{\"graceSeconds\":%d}".formatted(atOnce ? 0 : 3_600);
    String operation = "regenerate token";
    Answer answer = issue(operation, path(token) + "/regenerate", body, fresh("regenerate"));
    if (answer.acknowledged()) {
      ExpectedToken successor = new ExpectedToken(answer.json(), token.owner());
      JsonNode json = answer.json().path("token");
      boolean alike =
          token.allows(json.path("name").asString(), json.path("expiresAt").asString(), false, "")
              && json.path("replaces").asString("").equals(token.id());
      check(operation, token, alike, answer.withoutSecret());
      token.owner().tokens().stream()
          .filter(each -> each.replacedBy().equals(token.id()))
          .forEach(ExpectedToken::surelyRevoked);
      token.surelyReplaced(successor.id(), atOnce);
      token.owner().tokens().add(successor);
      log.changed(
          answer, new AuditedChange("token.regenerate", token.id(), "replacedBy", successor.id()));
      log.changed(answer, AuditedChange.only("token.create", successor.id()));
    } else if (answer.status() == CONFLICT && token.revoked() == Certainty.MAYBE) {
      token.surelyRevoked();
    } else if (!answer.unknown()) {
      log.unexpected(operation, token, answer);
    }
  }

  private static String path(ExpectedToken token) {
    return "/v1/tokens/" + token.id();
  }
}

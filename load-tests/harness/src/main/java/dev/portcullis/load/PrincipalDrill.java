package dev.portcullis.load;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What one client of a drill does to its principals, and how it compares the answers. */
final class PrincipalDrill {
  private static final Set<Integer> CREATED = Set.of(201, 409);
  private static final Set<Integer> DELETED = Set.of(200, 404);
  private static final int ATTEMPTS = 200;

  private final String client;
  private final DrillConnections connections;
  private final DrillLog log;
  private final SplittableRandom random;
  private int number;

  PrincipalDrill(
      String client, DrillConnections connections, DrillLog log, SplittableRandom random) {
    this.client = client;
    this.connections = connections;
    this.log = log;
    this.random = random;
  }

  private String email() {
    return "e-" + client + "-" + ++number + "@example.com";
  }

  /** Asks for a new one; where there is no answer, asks again or leaves it at that. */
  ExpectedPrincipal create() {
    String email = email();
    String id = "u-" + client + "-" + number;
    String body =
        """
        {"id":"%s","kind":"user","email":"%s","scopes":["*:read"]%s}\
        """
            .formatted(
                id,
                email,
                random.nextBoolean() ? ",\"organization\":\"o-%d\"".formatted(number % 5) : "");
    ExpectedPrincipal principal = new ExpectedPrincipal(id, email);
    List<Answer> answers = repeat("create principal", "POST", "/v1/principals", body, CREATED);
    Answer last = answers.getLast();
    boolean known = last.status() == 201 || (last.status() == 409 && answers.size() > 1);
    if (known) {
      principal.surelyPresent();
      log.acknowledged().add(AuditedChange.only("principal.create", id));
    } else if (last.unknown()) {
      log.possible().add(AuditedChange.only("principal.create", id));
    } else {
      log.unexpected("create principal", id, last);
    }
    return principal;
  }

  /** Sends it, and, where there was no answer, as the case may be, until there is one of these. */
  private List<Answer> repeat(
      String operation, String method, String path, String body, Set<Integer> known) {
    boolean stubborn = random.nextBoolean();
    Answer first = connections.once(operation, method, path, body);
    if (!first.unknown() || !stubborn) {
      return List.of(first);
    }
    Answer last = first;
    for (int i = 0; i < ATTEMPTS && !known.contains(last.status()); i++) {
      last = connections.once(operation + ", again", method, path, body);
    }
    return List.of(first, last);
  }

  /** Changes its e-mail, and, as the case may be, disables or enables it. */
  void update(ExpectedPrincipal principal) {
    String email = email();
    boolean enabled = random.nextInt(3) > 0;
    Answer answer =
        connections.once(
            "update principal",
            "PATCH",
            "/v1/principals/" + principal.id(),
            "{\"email\":\"%s\",\"enabled\":%b}".formatted(email, enabled));
    principal.maybe(email, enabled);
    log.changed(answer, new AuditedChange("principal.update", principal.id(), "email", email));
    if (answer.acknowledged()) {
      boolean allowed = principal.settle(answer.json());
      log.findings()
          .expect(
              DrillRule.PRINCIPALS,
              allowed && principal.allows(email, Boolean.toString(enabled)),
              () -> "update of " + principal + ": " + answer.body());
    } else if (!answer.unknown()) {
      log.unexpected("update principal", principal, answer);
    }
  }

  /** Deletes it; where there is no answer, again or leaves it at that. */
  void delete(ExpectedPrincipal principal) {
    List<Answer> answers =
        repeat("delete principal", "DELETE", "/v1/principals/" + principal.id(), "", DELETED);
    Answer last = answers.getLast();
    boolean known = last.status() == 200 || (last.status() == 404 && answers.size() > 1);
    if (known) {
      principal.surelyDeleted();
      log.acknowledged().add(AuditedChange.only("principal.delete", principal.id()));
    } else {
      principal.maybeDeleted();
      log.possible().add(AuditedChange.only("principal.delete", principal.id()));
      if (!last.unknown()) {
        log.unexpected("delete principal", principal, last);
      }
    }
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Answer;
import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.proxy.RawConnection;
import java.time.Duration;

/**
 * Somebody who asks what the FAQ answers.
 *
 * @param owner a principal that may do everything
 */
record FaqKit(TestBed bed, String owner) {
  FaqKit {
    bed.principal(owner, "service-account", "\"scopes\":[\"*:*\"]");
  }

  ShippedPolicy policy() {
    return ShippedPolicy.of("faq");
  }

  Asker console() {
    return bed.gateway().operator();
  }

  /** A token of this API with these scopes. */
  Issued token(String... scopes) {
    return issue("\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]");
  }

  /** A token of this API; the members are JSON, without braces. */
  Issued issue(String members) {
    return bed.issue(owner, "\"api\":\"faq\",\"kind\":\"api\"," + members);
  }

  Issued regenerated(Issued token) {
    Asker.Answer answer = console().post("/v1/tokens/" + token.id() + "/regenerate", "{}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return new Issued(answer.at("/token/id"), answer.at("/secret"));
  }

  /** The token as the control plane shows it. */
  Asker.Answer shown(Issued token) {
    return console().get("/v1/tokens/" + token.id());
  }

  void pass(Duration time) {
    bed.gateway().clock().advance(time);
  }

  void isAllowed(String line, Issued token) {
    assertThat(bed.ask(line, token.bearer()).reason()).as(line).isEqualTo(Case.ALLOWED);
  }

  void isRefused(String reason, String line, Issued token) {
    Answer answer = bed.ask(line, token.bearer());
    assertThat(answer.reason()).as(line).isEqualTo(reason);
    assertThat(answer.status()).isEqualTo(reason.equals("SCOPE_INSUFFICIENT") ? 403 : 401);
    assertThat(answer.passed()).isEmpty();
  }

  int statusAt(LiveGateway gateway, String line, Issued token) {
    return RawConnection.exchange(gateway.port(), TestBed.request(line, token.bearer())).status();
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An access key, as a client of the OAuth endpoints uses it.
 *
 * @param id the access key
 * @param secret its secret key
 */
record OAuthClient(TestBed bed, String id, String secret) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String GRANT = "grant_type=client_credentials";

  /** A new access key of {@code olga}'s, who may do everything. */
  static OAuthClient create(TestBed bed, String... scopes) {
    return of(bed, "olga", "", scopes);
  }

  /** A new access key; further members are JSON, each with a comma before it. */
  static OAuthClient of(TestBed bed, String principal, String members, String... scopes) {
    Asker.Answer answer =
        bed.gateway()
            .operator()
            .post(
                "/v1/tokens",
                "{\"principal\":\"%s\",\"name\":\"n\",\"kind\":\"access-key\",\"scopes\":[\"%s\"]%s}"
                    .formatted(principal, String.join("\",\"", scopes), members));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return new OAuthClient(bed, answer.at("/accessKey"), answer.at("/secretKey"));
  }

  /** The same with another secret. */
  OAuthClient saying(String other) {
    return new OAuthClient(bed, id, other);
  }

  /** As HTTP Basic has it. */
  String basic() {
    return "Authorization: Basic "
        + Base64.getEncoder()
            .encodeToString((id + ":" + secret).getBytes(StandardCharsets.US_ASCII));
  }

  /** As a form has it. */
  String form() {
    return "client_id=" + id + "&client_secret=" + secret;
  }

  /** As the control plane knows the access key. */
  Issued key() {
    return new Issued(id, secret);
  }

  /** Asks for a session, with these parameters more. */
  TestBed.Answer exchange(String... parameters) {
    return ask("token", GRANT + String.join("", parameters));
  }

  /** Asks an endpoint, known by Basic. */
  TestBed.Answer ask(String endpoint, String form) {
    return ask(bed, endpoint, form, basic());
  }

  /** Asks an endpoint, known by these fields or not at all. */
  static TestBed.Answer ask(TestBed bed, String endpoint, String form, String... fields) {
    return bed.post("/.portcullis/oauth2/" + endpoint, form, fields);
  }

  /** A new session, with these parameters more. */
  Issued session(String... parameters) {
    TestBed.Answer answer = exchange(parameters);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    Issued session = new Issued("", json(answer).at("/access_token").stringValue());
    JsonNode who = json(bed.ask("GET /.portcullis/whoami", session.bearer()));
    return new Issued(who.at("/token").stringValue(), session.secret());
  }

  static JsonNode json(TestBed.Answer answer) {
    return JSON.readTree(answer.response().body());
  }

  /** The code of an error. */
  static String error(TestBed.Answer answer) {
    assertThat(json(answer).propertyNames()).containsExactly("error", "error_description");
    assertThat(answer.response().field("Cache-Control")).contains("no-store");
    return json(answer).at("/error").stringValue();
  }
}

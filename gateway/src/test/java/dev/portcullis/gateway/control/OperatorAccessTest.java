package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.gateway.registry.TokenIds;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.gateway.token.EmailAddress;
import dev.portcullis.gateway.token.MintedSecret;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.PrincipalKind;
import dev.portcullis.gateway.token.Salt;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenKind;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorAccessTest {
  private static final List<String> EVERYTHING = List.of("portcullis/*:*");

  private final TestClock clock = new TestClock();
  private final InMemoryStore store = new InMemoryStore(clock).with(TestPrincipals.user("ada"));
  private final ControlPlane plane = new ControlPlane(store, clock);
  private final TokenIds ids = new TokenIds(clock);

  @AfterAll
  void stop() {
    plane.close();
  }

  private Principal principal(String id, String organization, List<String> scopes) {
    Principal principal =
        new Principal(
            id,
            PrincipalKind.USER,
            Optional.of(new EmailAddress(id + "@example.org")),
            Optional.of(organization).filter(name -> !name.isEmpty()),
            true,
            GrantedScopes.parse(scopes));
    store.with(principal);
    return principal;
  }

  private Token token(Principal owner, TokenKind kind, List<String> scopes) {
    String id = ids.next();
    return new Token(
        id,
        owner.id(),
        kind,
        GrantedScopes.parse(scopes),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Limits.NONE,
        id,
        Optional.empty());
  }

  private Asker asking(Token token) {
    MintedSecret minted = ControlPlane.PEPPERS.mint("pcat_", Salt.fresh());
    store.with(minted.hash(), token);
    return Asker.with(plane.uri(), minted.secret().reveal());
  }

  private Asker operator(String... scopes) {
    Principal owner = principal("delegate", "", EVERYTHING);
    return asking(token(owner, TokenKind.API, List.of(scopes)));
  }

  private static void assertUnauthenticated(Asker.Answer answer, String challenge) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo(challenge);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpw", "first-operator", "Beareroperator"})
  void asksForCredentialsWhereThereAreNone(String authorization) {
    Asker asker = Asker.withoutToken(plane.uri()).adding("Authorization", authorization);
    assertUnauthenticated(asker.get("/v1/tokens"), "Bearer realm=\"portcullis-control\"");
  }

  @Test
  void asksForCredentialsWhereThereIsNoHeader() {
    Asker.Answer answer = Asker.withoutToken(plane.uri()).post("/v1/principals", "{}");
    assertUnauthenticated(answer, "Bearer realm=\"portcullis-control\"");
  }

  @Test
  void refusesTwoCredentialsEvenIfOneIsGood() {
    Asker asker =
        Asker.with(plane.uri(), ControlPlane.OPERATOR_TOKEN).adding("Authorization", "Bearer x");
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first-operator-first-operator-first-operatoR",
        "first-operator-first-operator-first-operato",
        "first-operator-first-operator-first-operator1",
        "FIRST-OPERATOR-FIRST-OPERATOR-FIRST-OPERATOR",
        "pcat_000000000000000000000000000000000000000000",
      })
  void refusesATokenThatIsNoOperators(String token) {
    assertUnauthenticated(
        Asker.with(plane.uri(), token).get("/v1/tokens"),
        "Bearer realm=\"portcullis-control\", error=\"invalid_token\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer ", "BEARER ", "Bearer   "})
  void readsTheSchemeInAnyCaseAndSpacing(String scheme) {
    Asker asker =
        Asker.withoutToken(plane.uri())
            .adding("Authorization", scheme + ControlPlane.OPERATOR_TOKEN);
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "portcullis/principals:create, POST, /v1/principals",
    "portcullis/principals:read, GET, /v1/principals",
    "portcullis/principals:read, GET, /v1/principals/ada",
    "portcullis/principals:read, GET, /v1/principals/nobody",
    "portcullis/tokens:create, POST, /v1/tokens",
    "portcullis/tokens:read, GET, /v1/tokens",
    "portcullis/tokens:read, GET, /v1/tokens/nothing",
    "portcullis/tokens:revoke, POST, /v1/tokens/nothing/revoke",
    "portcullis/tokens:revoke, DELETE, /v1/tokens/nothing",
    "portcullis/principals:update, PATCH, /v1/principals/nobody",
    "portcullis/principals:delete, DELETE, /v1/principals/nobody",
    "portcullis/tokens:revoke, POST, /v1/principals/nobody/revoke-tokens",
    "portcullis/tokens:revoke, POST, /v1/tokens/revoke",
    "portcullis/tokens:import, POST, /v1/tokens/import",
    "portcullis/tokens:update, PATCH, /v1/tokens/nothing",
    "portcullis/tokens:renew, POST, /v1/tokens/nothing/renew",
    "portcullis/tokens:regenerate, POST, /v1/tokens/nothing/regenerate",
    "portcullis/audit:read, GET, /v1/audit",
    "portcullis/audit:read, GET, /v1/audit/verify",
    "portcullis/requests:explain, POST, /v1/explain",
    "portcullis/status:read, GET, /v1/status",
    "portcullis/routes:read, GET, /v1/routes",
  })
  void letsAGatewayTokenDoWhatItsScopesNameAndNothingElse(
      String scope, String method, String path) {
    assertThat(operator(scope).send(method, path).status()).isIn(200, 404, 415);

    List<String> others =
        List.of(Permission.values()).stream()
            .map(permission -> permission.scope().toString())
            .filter(other -> !other.equals(scope))
            .toList();
    Asker.Answer refused = operator(others.toArray(String[]::new)).send(method, path);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("WWW-Authenticate"))
        .endsWith("error=\"insufficient_scope\", scope=\"" + scope + "\"");
    assertThat(refused.response().body()).doesNotContain("nobody", "nothing", "ada");
  }

  @Test
  void countsOnlyScopesThatNameTheControlPlane() {
    Principal owner = principal("admin", "", List.of("*:*", "p*:*"));
    assertThat(asking(token(owner, TokenKind.API, List.of("*:*"))).get("/v1/tokens").status())
        .isEqualTo(403);
    assertThat(asking(token(owner, TokenKind.PERSONAL, List.of())).get("/v1/tokens").status())
        .isEqualTo(403);
  }

  @Test
  void holdsATokenWithinItsPrincipalsScopes() {
    Principal owner = principal("reader", "", List.of("portcullis/principals:read"));
    Asker asker = asking(token(owner, TokenKind.API, EVERYTHING));
    assertThat(asker.get("/v1/principals").status()).isEqualTo(200);
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(403);
  }

  @Test
  void letsAPersonalTokenDoWhatItsUserMay() {
    Principal owner = principal("reader", "", List.of("portcullis/principals:read"));
    Asker asker = asking(token(owner, TokenKind.PERSONAL, List.of()));
    assertThat(asker.get("/v1/principals").status()).isEqualTo(200);
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(403);
  }

  @Test
  void refusesAGatewayTokenOnceItIsRevoked() {
    Token token = token(principal("delegate", "", EVERYTHING), TokenKind.API, EVERYTHING);
    Asker asker = asking(token);
    assertThat(asker.send("DELETE", "/v1/tokens/" + token.id()).status()).isEqualTo(200);
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(401);
  }

  private Token with(Optional<Instant> expiresAt, List<AddressBlock> addresses) {
    Principal owner = principal("delegate", "", EVERYTHING);
    String id = ids.next();
    return new Token(
        id,
        owner.id(),
        TokenKind.API,
        owner.scopes(),
        expiresAt,
        Optional.empty(),
        addresses,
        Limits.NONE,
        id,
        Optional.empty());
  }

  @Test
  void refusesAGatewayTokenFromTheInstantItExpires() {
    Asker asker = asking(with(Optional.of(clock.instant().plusMillis(1)), List.of()));
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(200);
    clock.advance(Duration.ofMillis(1));
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.0/8, 200", "10.0.0.0/8, 401"})
  void refusesAGatewayTokenFromWhereItMayNotBeUsed(String block, int status) {
    Asker asker = asking(with(Optional.empty(), List.of(AddressBlock.parse(block))));
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(status);
  }

  @Test
  void refusesAGatewayTokenOfADisabledOrLostPrincipal() {
    Principal owner = principal("leaver", "", EVERYTHING);
    Asker asker = asking(token(owner, TokenKind.API, EVERYTHING));
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(200);
    store.with(
        new Principal(
            owner.id(), owner.kind(), owner.email(), Optional.empty(), false, owner.scopes()));
    assertThat(asker.get("/v1/tokens").status()).isEqualTo(401);
    Principal lost = TestPrincipals.user("never-created");
    assertThat(asking(token(lost, TokenKind.API, EVERYTHING)).get("/v1/tokens").status())
        .isEqualTo(401);
  }

  @Test
  void signsWhatAGatewayTokenCreatesWithItsPrincipal() {
    Asker.Answer created =
        operator("portcullis/tokens:create")
            .post(
                "/v1/tokens",
                "{\"principal\":\"ada\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"a:b\"]}");
    assertThat(created.at("/token/createdBy")).isEqualTo("delegate");
  }
}

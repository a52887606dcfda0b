package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CredentialCarrier.Basic;
import dev.portcullis.policy.CredentialCarrier.Cookie;
import dev.portcullis.policy.CredentialCarrier.Header;
import dev.portcullis.policy.CredentialCarrier.Query;
import dev.portcullis.policy.CredentialCarrier.Scheme;
import dev.portcullis.policy.PolicyReader.Read;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyReaderTest {

  @Test
  void readsEverythingAFileCanSay() {
    Policy policy =
        TestPolicies.read(
                """
                api: axiom-2
                upstream: https://backend.example:8443/base/
                credentials:
                  - bearer
                  - {scheme: Splunk}
                  - {basic: {user: x}}
                  - {header: apikey}
                  - {header: {name: X-Api-Key, prefix: "ApiKey "}}
                  - {query: tk}
                  - {cookie: token}
                email: required
                email-header: X-Email
                organization-header: X-Org
                forward-credentials: true
                imported-tokens: true
                tls: required
                assertion: true
                activity: changes
                realm: The API
                errors: own
                routes:
                  - match: GET, POST /v1/{dataset}/x
                    id: both
                    shadow: true
                    scopes: ["dataset/{dataset}:read", "org:read"]
                    limits: [10 per second, 100 per day per organization]
                    filters: [StripPrefix=1, "AddRequestHeader=X-A, b"]
                  - match: "* /open/**"
                    public: true
                    limit: 5 per minute per address
                roles: {reader: ["*:read", "org/a*:*"], nobody: []}
                error-profiles:
                  own: {default: {content-type: text/plain, body: "${realm}"}}
                """)
            .policies()
            .getFirst();

    assertThat(policy.api()).isEqualTo("axiom-2");
    assertThat(policy.upstream()).isEqualTo(URI.create("https://backend.example:8443/base"));
    assertThat(policy.credentials())
        .containsExactly(
            new Scheme("Bearer"),
            new Scheme("Splunk"),
            new Basic("x"),
            new Header("apikey", ""),
            new Header("X-Api-Key", "ApiKey "),
            new Query("tk"),
            new Cookie("token"));
    assertThat(policy.email()).isEqualTo(EmailRule.REQUIRED);
    assertThat(policy.emailHeader()).isEqualTo("X-Email");
    assertThat(policy.organizationHeader()).contains("X-Org");
    assertThat(policy.forwardCredentials()).isTrue();
    assertThat(policy.importedTokens()).isTrue();
    assertThat(policy.tls()).isEqualTo(TlsRule.REQUIRED);
    assertThat(policy.assertion()).isTrue();
    assertThat(policy.activity()).isEqualTo(ActivityRule.CHANGES);
    assertThat(policy.errors().answer(Reason.NO_ROUTE, RefusalContext.of("r")).body())
        .isEqualTo("The API");
    assertThat(policy.roles().get("reader"))
        .containsExactly(Scope.parse("*:read"), Scope.parse("org/a*:*"));
    assertThat(policy.routes())
        .containsExactly(
            new Route(
                "axiom-2:both",
                Set.of("GET", "POST"),
                PathPattern.parse("/v1/{dataset}/x"),
                false,
                true,
                List.of(
                    ScopeTemplate.parse("dataset/{dataset}:read"), ScopeTemplate.parse("org:read")),
                TestPolicies.routeLimits(
                    "axiom-2:both", "10 per second", "100 per day per organization"),
                1,
                Optional.empty(),
                List.of("StripPrefix=1", "AddRequestHeader=X-A, b")),
            new Route(
                "axiom-2:* /open/**",
                Set.of(),
                PathPattern.parse("/open/**"),
                true,
                false,
                List.of(),
                TestPolicies.routeLimits("axiom-2:* /open/**", "5 per minute per address"),
                1,
                Optional.empty(),
                List.of()));
  }

  @Test
  void fillsInWhatAFileLeavesOut() {
    Policy policy = TestPolicies.of(List.of("POST,GET /a"));

    assertThat(policy.upstream()).isEqualTo(URI.create("http://localhost:9000"));
    assertThat(policy.email()).isEqualTo(EmailRule.OPTIONAL);
    assertThat(policy.emailHeader()).isEqualTo("Email");
    assertThat(policy.organizationHeader()).isEmpty();
    assertThat(policy.forwardCredentials()).isFalse();
    assertThat(policy.importedTokens()).isFalse();
    assertThat(policy.tls()).isEqualTo(TlsRule.OPTIONAL);
    assertThat(policy.assertion()).isFalse();
    assertThat(policy.activity()).isEqualTo(ActivityRule.NONE);
    assertThat(policy.roles()).isEmpty();
    assertThat(policy.routes().getFirst().id()).isEqualTo("test:GET,POST /a");
    assertThat(policy.errors().name()).isEqualTo("problem");
    assertThat(policy.errors().answer(Reason.CREDENTIALS_MISSING, RefusalContext.of("r")).headers())
        .contains(new Answer.Header("WWW-Authenticate", "Bearer realm=\"test\""));
  }

  @ParameterizedTest
  @EnumSource(TlsRule.class)
  void readsWhatBecomesOfPlainHttp(TlsRule rule) {
    assertThat(with("tls", rule).tls()).isEqualTo(rule);
  }

  @ParameterizedTest
  @EnumSource(ActivityRule.class)
  void readsWhichRequestsTheAuditTrailTellsOf(ActivityRule rule) {
    assertThat(with("activity", rule).activity()).isEqualTo(rule);
  }

  private static Policy with(String field, Enum<?> rule) {
    return TestPolicies.read(
            TestPolicies.HEAD
                + (field + ": " + rule.name().toLowerCase(Locale.ROOT))
                + "\nroutes: [{match: GET /a, scopes: []}]\n")
        .policies()
        .getFirst();
  }

  @Test
  void asksForNoCarrierWhereEveryRouteIsPublic() {
    Read read =
        TestPolicies.read(
            """
            api: open
            upstream: http://localhost:9000
            routes: [{match: GET /, public: true}]
            """);

    assertThat(read.policies().getFirst().credentials()).isEmpty();
  }

  @Test
  void readsYaml12WhereNoIsAWord() {
    Read read =
        TestPolicies.read(
            TestPolicies.HEAD + "realm: no\nroutes: [{match: GET /on, scopes: []}]\n");

    assertThat(
            read.policies()
                .getFirst()
                .errors()
                .answer(Reason.EMAIL_MISSING, RefusalContext.of("r"))
                .headers())
        .contains(new Answer.Header("WWW-Authenticate", "Bearer realm=\"no\""));
  }

  @Test
  void letsAnErrorProfileInheritByReason() {
    ErrorProfile errors =
        TestPolicies.read(
                TestPolicies.HEAD
                    + """
                    errors: own
                    routes: [{match: GET /, scopes: []}]
                    error-profiles:
                      own:
                        default:
                          status: 403
                          content-type: application/json
                          body: '{"code": ${status}, "message": "${title}"}'
                          headers: {X-Trace-Id: "${request-id}"}
                        SCOPE_INSUFFICIENT: {body: '{"need": "${scope}"}'}
                        RATE_LIMITED:
                          status: 429
                          body: '{"limit": ${limit}, "left": ${remaining}, "name": "${limit-name}"}'
                          headers: {X-Limit: "${limit}", X-Limit-Name: "${limit-name}"}
                        STORE_UNAVAILABLE: {status: 503, headers: {X-Trace-Id: ""}}
                    """)
            .policies()
            .getFirst()
            .errors();
    RefusalContext context =
        new RefusalContext("r-1", Optional.of("a:b"), Optional.of(Duration.ofSeconds(3)));

    assertThat(errors.answer(Reason.TOKEN_EXPIRED, context).body())
        .isEqualTo("{\"code\": 403, \"message\": \"Forbidden\"}");
    assertThat(errors.answer(Reason.TOKEN_EXPIRED, context).headers())
        .contains(new Answer.Header("X-Trace-Id", "r-1"));
    assertThat(errors.answer(Reason.SCOPE_INSUFFICIENT, context).body())
        .isEqualTo("{\"need\": \"a:b\"}");
    Answer limited = errors.answer(Reason.RATE_LIMITED, context.by(Limit.parse("7 per day"), 1));
    assertThat(limited.body()).isEqualTo("{\"limit\": 7, \"left\": 1, \"name\": \"token-day\"}");
    assertThat(limited.headers())
        .contains(
            new Answer.Header("X-Limit", "7"), new Answer.Header("X-Limit-Name", "token-day"));
    assertThat(errors.answer(Reason.STORE_UNAVAILABLE, context))
        .isEqualTo(
            new Answer(
                503,
                List.of(
                    new Answer.Header("Cache-Control", "no-store"),
                    new Answer.Header("Content-Type", "application/json"),
                    new Answer.Header("Retry-After", "3")),
                "{\"code\": 503, \"message\": \"Service Unavailable\"}"));
  }
}

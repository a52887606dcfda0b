package dev.portcullis.gateway.control;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.decision.AuthChain;
import dev.portcullis.gateway.registry.AuditTrail;
import dev.portcullis.gateway.registry.Registrar;
import dev.portcullis.gateway.token.TokenStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that operators can ask for, in the order in which paths are tried. */
final class Operations {
  private final Registrar registrar;
  private final PoliciesInForce policies;
  private final InstantSource clock;
  private final Grants grants;
  private final RulesPerApi rules;
  private final VisiblePrincipals principals;
  private final VisibleTokens tokens;
  private final TokenViews views;

  Operations(
      Registrar registrar,
      ControlSettings settings,
      PoliciesInForce policies,
      InstantSource clock) {
    this.registrar = registrar;
    this.policies = policies;
    this.clock = clock;
    this.grants = new Grants(policies);
    this.rules = new RulesPerApi(policies, settings.lifetimes());
    this.principals = new VisiblePrincipals(registrar.registry());
    this.tokens = new VisibleTokens(registrar.registry());
    this.views = new TokenViews(settings, clock);
  }

  List<Operation> all(
      AuditTrail trail,
      RefusedCalls refusals,
      AuthChain chain,
      TokenStore store,
      StatusHandler status) {
    List<Operation> all = new ArrayList<>(ofPrincipals());
    all.addAll(ofManyTokens(refusals));
    all.addAll(ofOneToken());
    all.addAll(ofTheTrail(trail));
    ExplainHandler explain = new ExplainHandler(policies, chain, store, tokens, principals);
    all.add(
        new Operation(
            POST,
            "/v1/explain",
            Permission.REQUESTS_EXPLAIN,
            AuditAction.REQUEST_EXPLAIN,
            explain::explain));
    all.addAll(ofTheGateway(status));
    Description description = new Description();
    all.add(
        new Operation(
            GET,
            "/v1/openapi.json",
            Optional.empty(),
            AuditAction.DESCRIPTION_READ,
            description::read));
    return all;
  }

  private List<Operation> ofTheGateway(StatusHandler status) {
    RouteHandlers routes = new RouteHandlers(policies, principals);
    return List.of(
        new Operation(
            GET, "/v1/status", Permission.STATUS_READ, AuditAction.STATUS_READ, status::show),
        new Operation(
            GET, "/v1/routes", Permission.ROUTES_READ, AuditAction.ROUTE_READ, routes::list),
        new Operation(
            GET,
            "/v1/routes/callers",
            Permission.ROUTES_READ,
            AuditAction.ROUTE_READ,
            routes::callers));
  }

  private List<Operation> ofPrincipals() {
    PrincipalHandlers handlers = new PrincipalHandlers(registrar, principals);
    return List.of(
        new Operation(
            GET,
            "/v1/principals",
            Permission.PRINCIPALS_READ,
            AuditAction.PRINCIPAL_READ,
            handlers::list),
        new Operation(
            POST,
            "/v1/principals",
            Permission.PRINCIPALS_CREATE,
            AuditAction.PRINCIPAL_CREATE,
            handlers::create),
        new Operation(
            GET,
            "/v1/principals/{id}",
            Permission.PRINCIPALS_READ,
            AuditAction.PRINCIPAL_READ,
            handlers::show),
        new Operation(
            PATCH,
            "/v1/principals/{id}",
            Permission.PRINCIPALS_UPDATE,
            AuditAction.PRINCIPAL_UPDATE,
            handlers::update),
        new Operation(
            DELETE,
            "/v1/principals/{id}",
            Permission.PRINCIPALS_DELETE,
            AuditAction.PRINCIPAL_DELETE,
            handlers::delete),
        new Operation(
            POST,
            "/v1/principals/{id}/revoke-tokens",
            Permission.TOKENS_REVOKE,
            AuditAction.TOKEN_REVOKE,
            handlers::revokeTokens));
  }

  private List<Operation> ofManyTokens(RefusedCalls refusals) {
    TokenSelection selection =
        new TokenSelection(tokens, principals, registrar.revocation(), views, clock);
    TokenCreation creation =
        new TokenCreation(
            principals,
            registrar.issuance(),
            registrar.managed(),
            new IssueReplies(registrar.issuance(), principals, views),
            grants,
            rules,
            clock);
    ImportHandler imports =
        new ImportHandler(
            principals, tokens, registrar.importation(), grants, rules, refusals, clock);
    return List.of(
        new Operation(
            GET, "/v1/tokens", Permission.TOKENS_READ, AuditAction.TOKEN_READ, selection::list),
        new Operation(
            POST,
            "/v1/tokens",
            Permission.TOKENS_CREATE,
            AuditAction.TOKEN_CREATE,
            creation::create),
        new Operation(
            POST,
            "/v1/tokens/revoke",
            Permission.TOKENS_REVOKE,
            AuditAction.TOKEN_REVOKE,
            selection::revoke),
        new Operation(
            POST,
            "/v1/tokens/import",
            Permission.TOKENS_IMPORT,
            AuditAction.TOKEN_IMPORT,
            imports::importAll));
  }

  private List<Operation> ofOneToken() {
    TokenHandlers handlers =
        new TokenHandlers(registrar.tokens(), tokens, principals, views, rules, clock);
    TokenRegeneration regeneration =
        new TokenRegeneration(
            tokens,
            principals,
            registrar.regeneration(),
            new IssueReplies(registrar.issuance(), principals, views),
            rules,
            clock);
    String path = "/v1/tokens/{id}";
    return List.of(
        new Operation(GET, path, Permission.TOKENS_READ, AuditAction.TOKEN_READ, handlers::show),
        new Operation(
            PATCH, path, Permission.TOKENS_UPDATE, AuditAction.TOKEN_UPDATE, handlers::update),
        new Operation(
            DELETE, path, Permission.TOKENS_REVOKE, AuditAction.TOKEN_REVOKE, handlers::revoke),
        new Operation(
            POST,
            path + "/revoke",
            Permission.TOKENS_REVOKE,
            AuditAction.TOKEN_REVOKE,
            handlers::revoke),
        new Operation(
            POST,
            path + "/renew",
            Permission.TOKENS_RENEW,
            AuditAction.TOKEN_RENEW,
            handlers::renew),
        new Operation(
            POST,
            path + "/regenerate",
            Permission.TOKENS_REGENERATE,
            AuditAction.TOKEN_REGENERATE,
            regeneration::regenerate));
  }

  private static List<Operation> ofTheTrail(AuditTrail trail) {
    AuditHandlers audit = new AuditHandlers(trail);
    return List.of(
        new Operation(GET, "/v1/audit", Permission.AUDIT_READ, AuditAction.AUDIT_READ, audit::read),
        new Operation(
            GET, "/v1/audit/verify", Permission.AUDIT_READ, AuditAction.AUDIT_READ, audit::verify));
  }
}

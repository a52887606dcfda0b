package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axiom's table of operations and the capability that each asks for, of {@code axiom.yaml}. */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AxiomRoutesTest {
  private final TestBed bed;

  AxiomRoutesTest(TestBed bed) {
    this.bed = bed;
    bed.user("axiom-rod", "\"organization\":\"routes\",\"scopes\":[\"role:owner\"]");
  }

  @ParameterizedTest(name = "{0} asks for {1}")
  @CsvSource({
    "POST /v1/datasets/logs/ingest,            dataset/logs/ingest:create",
    "POST /v1/ingest/logs,                     dataset/logs/ingest:create",
    "POST /v1/ingest/logs/firehose,            dataset/logs/ingest:create",
    "POST /v1/logs,                            dataset/*/ingest:create",
    "POST /v1/metrics,                         dataset/*/ingest:create",
    "POST /v1/traces,                          dataset/*/ingest:create",
    "POST /services/collector,                 dataset/*/ingest:create",
    "POST /services/collector/event,           dataset/*/ingest:create",
    "POST /services/collector/raw,             dataset/*/ingest:create",
    "POST /v1/datasets/logs/query,             dataset/logs/query:read",
    "POST /v1/datasets/_apl?format=tabular,    dataset/*/query:read",
    "POST /v1/query/_apl,                      dataset/*/query:read",
    "GET /v1/query/metrics/info/datasets/m,    dataset/*/query:read",
    "POST /v2/datasets,                        org/datasets:create",
    "PUT /v2/datasets/logs,                    org/datasets:update",
    "DELETE /v2/datasets/logs,                 org/datasets:delete",
    "GET /v2/datasets/logs/fields,             org/datasets:read",
    "GET /v2/datasets/logs/fields/f,           org/datasets:read",
    "PUT /v2/datasets/logs/fields/f,           org/datasets:update",
    "GET /v2/datasets/logs/mapfields,          org/datasets:read",
    "PUT /v2/datasets/logs/mapfields,          org/datasets:update",
    "POST /v2/datasets/logs/mapfields,         org/datasets:update",
    "DELETE /v2/datasets/logs/mapfields,       org/datasets:update",
    "DELETE /v2/datasets/logs/mapfields/f,     org/datasets:update",
    "POST /v2/datasets/logs/trim,              dataset/logs/trim:update",
    "POST /v2/datasets/logs/vacuum,            dataset/logs/vacuum:update",
    "GET /v2/apl-starred-queries,              dataset/*/starredQueries:read",
    "GET /v2/apl-starred-queries/q,            dataset/*/starredQueries:read",
    "POST /v2/apl-starred-queries,             dataset/*/starredQueries:create",
    "PUT /v2/apl-starred-queries/q,            dataset/*/starredQueries:update",
    "DELETE /v2/apl-starred-queries/q,         dataset/*/starredQueries:delete",
    "GET /v2/vfields?dataset=logs,             dataset/*/virtualFields:read",
    "GET /v2/vfields/v,                        dataset/*/virtualFields:read",
    "POST /v2/vfields,                         dataset/*/virtualFields:create",
    "PUT /v2/vfields/v,                        dataset/*/virtualFields:update",
    "DELETE /v2/vfields/v,                     dataset/*/virtualFields:delete",
    "GET /v2/tokens,                           org/apiTokens:read",
    "GET /v2/tokens/t,                         org/apiTokens:read",
    "POST /v2/tokens,                          org/apiTokens:create",
    "POST /v2/tokens/t/regenerate,             org/apiTokens:update",
    "DELETE /v2/tokens/t,                      org/apiTokens:delete",
    "GET /v2/monitors,                         org/monitors:read",
    "GET /v2/monitors/m,                       org/monitors:read",
    "GET /v2/monitors/m/history,               org/monitors:read",
    "POST /v2/monitors,                        org/monitors:create",
    "PUT /v2/monitors/m,                       org/monitors:update",
    "DELETE /v2/monitors/m,                    org/monitors:delete",
    "GET /v2/notifiers,                        org/notifiers:read",
    "GET /v2/notifiers/n,                      org/notifiers:read",
    "POST /v2/notifiers,                       org/notifiers:create",
    "PUT /v2/notifiers/n,                      org/notifiers:update",
    "DELETE /v2/notifiers/n,                   org/notifiers:delete",
    "GET /v2/annotations,                      org/annotations:read",
    "GET /v2/annotations/a,                    org/annotations:read",
    "POST /v2/annotations,                     org/annotations:create",
    "PUT /v2/annotations/a,                    org/annotations:update",
    "DELETE /v2/annotations/a,                 org/annotations:delete",
    "GET /v2/views,                            org/views:read",
    "GET /v2/views/v,                          org/views:read",
    "POST /v2/views,                           org/views:create",
    "PUT /v2/views/v,                          org/views:update",
    "DELETE /v2/views/v,                       org/views:delete",
    "GET /v2/users,                            org/users:read",
    "GET /v2/users/u,                          org/users:read",
    "POST /v2/users,                           org/users:create",
    "PUT /v2/users/u/role,                     org/users:update",
    "DELETE /v2/users/u,                       org/users:delete",
    "PUT /v2/user,                             org/users:update",
    "POST /v2/dashboards,                      org/dashboards:create",
    "POST /v2/dashboards/d,                    org/dashboards:create",
    "PUT /v2/dashboards/d,                     org/dashboards:update",
    "PATCH /v2/dashboards/d,                   org/dashboards:update",
    "DELETE /v2/dashboards/d,                  org/dashboards:delete",
    "GET /v2/rbac/roles,                       org/rbac:read",
    "GET /v2/rbac/groups/g,                    org/rbac:read",
    "POST /v2/rbac/roles,                      org/rbac:create",
    "POST /v2/rbac/groups,                     org/rbac:create",
    "PUT /v2/rbac/roles/r,                     org/rbac:create",
    "DELETE /v2/rbac/roles/r,                  org/rbac:create",
    "DELETE /v2/rbac/groups/g,                 org/rbac:create",
    "PUT /v2/rbac/groups/g,                    org/rbac:create",
  })
  void opensToThatCapabilityAndNoOther(String line, String capability) {
    String resource = capability.substring(0, capability.lastIndexOf(':'));
    String action = capability.substring(resource.length() + 1);

    assertThat(reason(line, capability)).isEqualTo(Case.ALLOWED);
    assertThat(reason(line, resource + ":" + (action.equals("read") ? "delete" : "read")))
        .isEqualTo("SCOPE_INSUFFICIENT");
    assertThat(reason(line, resource + "x:" + action)).isEqualTo("SCOPE_INSUFFICIENT");
    if (resource.startsWith("dataset/*")) {
      assertThat(reason(line, capability.replace("*", "logs"))).isEqualTo("SCOPE_INSUFFICIENT");
    } else if (resource.startsWith("dataset/")) {
      assertThat(reason(line, capability.replace("logs", "other"))).isEqualTo("SCOPE_INSUFFICIENT");
      assertThat(reason(line, capability.replace("logs", "*"))).isEqualTo(Case.ALLOWED);
    }
  }

  @ParameterizedTest(name = "{0}, whatever the token may")
  @CsvSource({
    "GET /v2/datasets",
    "GET /v2/datasets/logs",
    "GET /v2/orgs",
    "GET /v2/orgs/o",
    "GET /v2/user",
    "GET /v2/dashboards",
    "GET /v2/dashboards/d",
  })
  void opensToAnyToken(String line) {
    assertThat(reason(line, "nothing:much")).isEqualTo(Case.ALLOWED);
    assertThat(bed.ask(line).reason()).isEqualTo("CREDENTIALS_MISSING");
  }

  @ParameterizedTest(name = "{0}, for everybody")
  @CsvSource({"POST /v2/orgs/provision", "GET /services/collector/health"})
  void opensToEverybody(String line) {
    assertThat(bed.ask(line).reason()).isEqualTo(Case.ALLOWED);
  }

  private String reason(String line, String scope) {
    String token =
        bed.issue("axiom-rod", "\"api\":\"axiom\",\"kind\":\"api\",\"scopes\":[\"" + scope + "\"]")
            .bearer();
    return bed.ask(line, token).reason();
  }
}

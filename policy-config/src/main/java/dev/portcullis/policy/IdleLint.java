package dev.portcullis.policy;

/** Finds rules that never come to anything, since no request shows who it is. */
final class IdleLint {
  private final PolicyFile file;
  private final Problems warnings;

  private IdleLint(PolicyFile file, Problems warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  static void check(PolicyFile file, Policy policy, Problems warnings) {
    IdleLint lint = new IdleLint(file, warnings);
    if (policy.tls() == TlsRule.REVOKING && policy.credentials().isEmpty()) {
      lint.warn("tls", "no token is read, so none is revoked");
    }
    if (policy.routes().stream().allMatch(Route::open)) {
      lint.warnOfIdentity(policy);
    }
  }

  private void warnOfIdentity(Policy policy) {
    if (!policy.issuers().isEmpty()) {
      warn("issuers", "every route is public, so nobody's token is read");
    }
    if (policy.assertion()) {
      warn("assertion", "every route is public, so there is no identity to assert");
    }
    if (policy.activity() != ActivityRule.NONE) {
      warn("activity", "every route is public, so there is nothing to tell of");
    }
  }

  private void warn(String field, String message) {
    warnings.add(file.root().field(field).orElse(file.root()).place(), message);
  }
}

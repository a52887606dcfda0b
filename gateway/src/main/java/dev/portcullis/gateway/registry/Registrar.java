package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.PepperRing;
import java.time.InstantSource;

/** All that can be done in the lives of principals and tokens, over one registry. */
public record Registrar(
    TokenRegistry registry,
    PrincipalLife principals,
    TokenLife tokens,
    Issuance issuance,
    ManagedIssuance managed,
    Regeneration regeneration,
    Importation importation,
    MassRevocation revocation,
    Sessions sessions) {

  /**
   * Over this registry, with secrets under these peppers, some of them put into these parameters,
   * at this time.
   */
  public static Registrar of(
      TokenRegistry registry, PepperRing peppers, ParameterStore parameters, InstantSource clock) {
    TokenLife tokens = new TokenLife(registry, parameters, clock);
    MassRevocation revocation = new MassRevocation(registry, tokens);
    Issuance issuance = new Issuance(registry, peppers, clock);
    return new Registrar(
        registry,
        new PrincipalLife(registry, revocation, clock),
        tokens,
        issuance,
        new ManagedIssuance(registry, issuance, parameters, clock),
        new Regeneration(registry, issuance, clock),
        new Importation(registry, issuance, peppers, clock),
        revocation,
        new Sessions(registry, peppers, clock));
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Spring Cloud Gateway behind Spring Security's resource server for opaque tokens. */
record ResourceServer() implements Peer {
  private static final SpringPeer PROGRAM = new SpringPeer("resource-server");
  private static final String OPAQUE = "--spring.security.oauth2.resourceserver.opaquetoken.";

  @Override
  public String name() {
    return "resource-server";
  }

  @Override
  public String what() {
    return "Spring Cloud Gateway of the same version behind Spring Security's resource server,"
        + " which asks an introspection endpoint (RFC 7662; here nginx) about the token on"
        + " every request, for its default introspector keeps nothing; wants a scope, sets"
        + " an identity header, and drops Authorization.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of(Check.TOKEN);
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    return PROGRAM.start(
        bench,
        name(),
        stage,
        List.of(
            OPAQUE + "introspection-uri=" + Introspection.start(bench, stage.credential()),
            OPAQUE + "client-id=" + Introspection.CLIENT,
            OPAQUE + "client-secret=" + Introspection.CLIENT_SECRET));
  }
}

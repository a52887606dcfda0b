package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spring Cloud Gateway with the filter that tutorials show. */
record RedisFilter() implements Peer {
  private static final SpringPeer PROGRAM = new SpringPeer("redis-filter");

  @Override
  public String name() {
    return "redis-filter";
  }

  @Override
  public String what() {
    return "Spring Cloud Gateway of the same version with a global filter that looks the token's"
        + " SHA-256 up in Redis on every request (Spring Data, reactive: e-mail, scopes, end), sets"
        + " an identity header, and drops Authorization.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of(Check.TOKEN, Check.EMAIL);
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    Credential credential = stage.credential();
    stage
        .redis()
        .commands()
        .hset(
            "token:" + credential.sha256(),
            Map.of(
                "email", credential.email(),
                "scopes", "items:read items:write",
                "expires", "2100-01-01T00:00:00Z"));
    String uri = stage.redis().uri(stage.redis().port());
    return PROGRAM.start(bench, name(), stage, List.of("--spring.data.redis.url=" + uri));
  }
}

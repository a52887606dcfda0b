package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** HAProxy that checks tokens by a map of their SHA-256. */
record HaproxyTokenMap() implements Peer {

  @Override
  public String name() {
    return "haproxy-map";
  }

  @Override
  public String what() {
    return "HAProxy with a token map, a thread a processor: the token's SHA-256 is looked up in a"
        + " map file, the e-mail compared, an identity header set, Authorization dropped; it"
        + " refuses with 401 and leaves the connection open.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of(Check.TOKEN, Check.EMAIL);
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    Path map = bench.directory(name()).resolve("tokens.map");
    Credential credential = stage.credential();
    Files.writeString(
        map, credential.sha256().toUpperCase(Locale.ROOT) + " " + credential.email() + "\n");
    return HaproxyProxy.start(
        bench,
        name(),
        stage,
        """
        http-request set-var(txn.email) req.hdr(Email)
        http-request set-var(txn.owner) http_auth_bearer,sha2(256),hex,map_str(%s)
        http-request return status 401 content-type application/json string '{"error":"invalid_token"}' hdr WWW-Authenticate 'Bearer error="invalid_token"' unless { var(txn.owner),strcmp(txn.email) eq 0 }
        http-request set-header X-Auth-Email %%[var(txn.owner)]
        http-request del-header Authorization
        """
            .formatted(map));
  }
}

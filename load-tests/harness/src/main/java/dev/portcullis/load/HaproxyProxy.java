package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** HAProxy as a plain proxy. */
record HaproxyProxy() implements Peer {

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public String what() {
    return "HAProxy as a plain proxy, a thread a processor; it forwards both headers.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of();
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    return start(bench, name(), stage, "");
  }

  /** Starts a proxy of this name with more rules for requests. */
  static Target start(Bench bench, String name, Stage stage, String rules) throws IOException {
    int port = Bench.freePort();
    Path file = bench.directory(name).resolve("haproxy.cfg");
    Files.writeString(
        file,
        """
        global
          nbthread %d
        defaults
          mode http
          timeout connect 5s
          timeout client 1h
          timeout server 1h
          http-reuse always
        frontend route
          bind 127.0.0.1:%d
          http-request return status 404 unless { path_beg %s }
        %s
          default_backend service
        backend service
          server upstream %s
        """
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                port,
                stage.prefix(),
                rules.indent(2).stripTrailing(),
                stage.upstream().getAuthority()));
    Child child =
        bench.start(name, List.of(Tool.HAPROXY.path().toString(), "-db", "-f", file.toString()));
    URI base = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, base.resolve(stage.path()), stage.credential(), Readiness.SERVER);
    return new Target(name, base, child);
  }
}

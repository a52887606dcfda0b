package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** nginx as a plain proxy. */
record NginxProxy() implements Peer {

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public String what() {
    return "nginx as a plain proxy, a worker a processor; it forwards both headers.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of();
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    return start(bench, name(), stage, "", "", "");
  }

  /**
   * Starts a proxy of this name with more directives.
   *
   * @param main before all others
   * @param http within {@code http}
   * @param location within the route's location
   */
  static Target start(
      Bench bench, String name, Stage stage, String main, String http, String location)
      throws IOException {
    int port = Bench.freePort();
    Child child =
        Nginx.launch(
            bench,
            name,
            """
            %s
            worker_processes %d;
            events { worker_connections 8192; }
            http {
              %s
              access_log off;
              %s
              upstream service {
                server %s;
                keepalive 256;
                keepalive_requests 1000000000;
                keepalive_timeout 1h;
              }
              server {
                listen 127.0.0.1:%d reuseport;
                location %s {
                  %s
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_pass http://service;
                }
              }
            }
            """
                .formatted(
                    main,
                    Runtime.getRuntime().availableProcessors(),
                    Nginx.HTTP,
                    http,
                    stage.upstream().getAuthority(),
                    port,
                    stage.prefix(),
                    location));
    URI base = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, base.resolve(stage.path()), stage.credential(), Readiness.SERVER);
    return new Target(name, base, child);
  }
}

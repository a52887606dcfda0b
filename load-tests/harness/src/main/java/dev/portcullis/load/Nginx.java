package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The upstream: nginx in one process, with a small static answer to everything, and connections
 * that stay open.
 */
final class Nginx {
  /** What all configurations say of connections and files, within {@code http}. */
  static final String HTTP =
      """
      keepalive_requests 1000000000;
      keepalive_timeout 1h;
      client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .;
      uwsgi_temp_path .; scgi_temp_path .;
      """;

  private static final String FILE = "nginx.conf";

  private Nginx() {}

  /** Starts it. Where it answers. */
  static URI start(Bench bench) throws IOException {
    return start(bench, "off");
  }

  /**
   * Starts it so that it writes a line for each request, some time later: when, in seconds of the
   * epoch, and its path.
   */
  static URI logging(Bench bench, Path log) throws IOException {
    return start(bench, log + " arrivals buffer=64k flush=500ms");
  }

  private static URI start(Bench bench, String accessLog) throws IOException {
    int port = Bench.freePort();
    Child child =
        launch(
            bench,
            "nginx",
            """
            master_process off;
            events { worker_connections 8192; }
            http {
              %s
              log_format arrivals "$msec $uri";
              access_log %s;
              server {
                listen 127.0.0.1:%d;
                default_type application/json;
                location / {
                  return 200 '{"service":"upstream","status":"ok","items":[1,2,3,4,5,6,7,8]}';
                }
              }
            }
            """
                .formatted(HTTP, accessLog, port));
    URI uri = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, uri, "", Readiness.SERVER);
    return uri;
  }

  /** Starts a process of this name with this configuration, in a directory of its own. */
  static Child launch(Bench bench, String name, String configuration) throws IOException {
    Path directory = bench.directory(name);
    Files.writeString(
        directory.resolve(FILE),
        "daemon off;\npid nginx.pid;\nerror_log stderr warn;\n" + configuration);
    return bench.start(
        name,
        List.of(
            Tool.NGINX.path().toString(), "-p", directory.toString(), "-e", "stderr", "-c", FILE));
  }
}

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
    Path directory = bench.directory("nginx");
    int port = Bench.freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration(directory, port, accessLog));
    Child child =
        bench.start(
            "nginx",
            List.of(
                Tool.NGINX.path().toString(),
                "-p",
                directory.toString(),
                "-e",
                "stderr",
                "-c",
                configuration.toString()));
    URI uri = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, uri, "", Readiness.SERVER);
    return uri;
  }

  private static String configuration(Path directory, int port, String accessLog) {
    return """
    daemon off;
    master_process off;
    pid %1$s/nginx.pid;
    error_log stderr warn;
    events { worker_connections 8192; }
    http {
      log_format arrivals "$msec $uri";
      access_log %3$s;
      keepalive_requests 1000000000;
      keepalive_timeout 1h;
      client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
      uwsgi_temp_path %1$s; scgi_temp_path %1$s;
      server {
        listen 127.0.0.1:%2$d;
        default_type application/json;
        location / { return 200 '{"service":"upstream","status":"ok","items":[1,2,3,4,5,6,7,8]}'; }
      }
    }
    """
        .formatted(directory, port, accessLog);
  }
}

package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URI;
import java.util.Base64;

/**
 * An introspection endpoint (RFC 7662) in one nginx process, which knows one token and one client.
 */
final class Introspection {
  static final String CLIENT = "gateway";
  static final String CLIENT_SECRET = "introspection";

  private static final String BASIC =
      Base64.getEncoder().encodeToString((CLIENT + ":" + CLIENT_SECRET).getBytes(US_ASCII));

  private Introspection() {}

  /** Starts it. Where tokens are posted to. */
  static URI start(Bench bench, Credential credential) throws IOException {
    int port = Bench.freePort();
    int inner = Bench.freePort();
    Child child = Nginx.launch(bench, "introspection", configuration(port, inner, credential));
    URI base = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, base.resolve("/ready"), "", Readiness.SERVER);
    return base.resolve("/introspect");
  }

  /** The form is read for the sake of the inner server only, which sees what it says. */
  private static String configuration(int port, int inner, Credential credential) {
    return """
    master_process off;
    events { worker_connections 8192; }
    http {
      %1$s
      access_log off;
      map $http_authorization $client { default 0; "Basic %2$s" 1; }
      map $client$request_body $active { default 0; "~^1(.*&)?token=%3$s(&.*)?$" 1; }
      upstream inner { server 127.0.0.1:%5$d; keepalive 64; keepalive_requests 1000000000; }
      server {
        listen 127.0.0.1:%4$d;
        location = /ready { return 200; }
        location = /introspect {
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header Active $active;
          proxy_pass http://inner;
        }
      }
      server {
        listen 127.0.0.1:%5$d;
        default_type application/json;
        location / {
          if ($http_active = 1) {
            return 200 '{"active":true,"sub":"%6$s","scope":"items:read","exp":4102444800}';
          }
          return 200 '{"active":false}';
        }
      }
    }
    """
        .formatted(Nginx.HTTP, BASIC, credential.secret(), port, inner, credential.email());
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The peer: Spring Cloud Gateway of the same version, as it comes, with one route. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareGateway {
  private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

  /** Runs the peer itself. */
  public static void main(String[] args) {
    SpringApplication.run(BareGateway.class, args);
  }

  /** Starts a process with one path route to the upstream. */
  static Target start(Bench bench, String name, URI upstream, String path) throws IOException {
    int port = Bench.freePort();
    Child child =
        bench.start(
            name,
            Jvm.own(
                BareGateway.class,
                List.of(
                    "--server.port=" + port,
                    "--server.address=127.0.0.1",
                    ROUTE + "id=bench",
                    ROUTE + "uri=" + upstream,
                    ROUTE + "predicates[0]=Path=" + path)));
    URI base = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, base.resolve(path.replace("{item}", "ready")), "", Readiness.JVM);
    return new Target(name, base, child);
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer's program on Spring Cloud Gateway of the same version, with one route.
 *
 * @param module the folder of its module, and the name of its jar
 */
record SpringPeer(String module) {
  private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

  /** Where its module is built to. */
  Path jar() {
    return Path.of("load-tests/peers", module, "target", module + ".jar");
  }

  /** Starts a process of this name, with more settings, {@code --name=value} each. */
  Target start(Bench bench, String name, Stage stage, List<String> settings) throws IOException {
    if (!Files.exists(jar())) {
      throw new IOException(jar() + " is missing; mvn -q -DskipTests package builds it");
    }
    int port = Bench.freePort();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                ROUTE + "id=bench",
                ROUTE + "uri=" + stage.upstream(),
                ROUTE + "predicates[0]=Path=" + stage.pattern()));
    arguments.addAll(settings);
    Child child = bench.start(name, Jvm.jar(jar(), arguments));
    URI base = URI.create("http://127.0.0.1:" + port);
    Readiness.await(child, base.resolve(stage.path()), stage.credential(), Readiness.JVM);
    return new Target(name, base, child);
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The peer: Spring Cloud Gateway of the same version, as it comes, with one route. */
final class BareGateway {
  private static final Path JAR = Path.of("load-tests/peers/bare-gateway/target/bare-gateway.jar");
  private static final Map<String, Pattern> PARTS =
      Map.of(
          "Spring Boot", Pattern.compile("BOOT-INF/lib/spring-boot-(\\d[^/]*)\\.jar"),
          "Spring Cloud Gateway",
              Pattern.compile("BOOT-INF/lib/spring-cloud-gateway-server-webflux-(\\d[^/]*)\\.jar"));
  private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

  private BareGateway() {}

  /** Starts a process with one path route to the upstream. */
  static Target start(Bench bench, String name, URI upstream, String path) throws IOException {
    int port = Bench.freePort();
    Child child =
        bench.start(
            name,
            Jvm.jar(
                JAR,
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

  /** Of what it is made. */
  static Map<String, String> versions() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      jar.stream()
          .forEach(
              entry ->
                  PARTS.forEach(
                      (part, pattern) -> {
                        Matcher name = pattern.matcher(entry.getName());
                        if (name.matches()) {
                          versions.put(part, name.group(1));
                        }
                      }));
    }
    return versions;
  }
}

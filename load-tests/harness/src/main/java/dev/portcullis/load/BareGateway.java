package dev.portcullis.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spring Cloud Gateway as it comes. */
record BareGateway(String name) implements Peer {
  private static final SpringPeer PROGRAM = new SpringPeer("bare-gateway");
  private static final Map<String, Pattern> PARTS =
      Map.of(
          "Spring Boot", Pattern.compile("BOOT-INF/lib/spring-boot-(\\d[^/]*)\\.jar"),
          "Spring Cloud Gateway",
              Pattern.compile("BOOT-INF/lib/spring-cloud-gateway-server-webflux-(\\d[^/]*)\\.jar"));

  @Override
  public String what() {
    return "Spring Cloud Gateway of the same version, as it comes, with one path route; it forwards"
        + " both headers.";
  }

  @Override
  public Set<Check> checks() {
    return Set.of();
  }

  @Override
  public Target start(Bench bench, Stage stage) throws IOException {
    return PROGRAM.start(bench, name, stage, List.of());
  }

  /** Of what it is made. */
  static Map<String, String> versions() throws IOException {
    Map<String, String> versions = new TreeMap<>();
    try (JarFile jar = new JarFile(PROGRAM.jar().toFile())) {
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

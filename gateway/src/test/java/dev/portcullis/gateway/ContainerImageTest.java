package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the image without an engine that builds it. */
class ContainerImageTest {
  private static final String DOCKERFILE = OperationsFiles.text("docker/Dockerfile");
  private static final String HOME = "/opt/portcullis/";
  private static final List<String> SCRIPTS = List.of("portcullis", "aot-cache");

  @TempDir Path home;

  @BeforeEach
  void layOutWithAJavaThatSaysItsArguments() throws IOException {
    for (String script : SCRIPTS) {
      Files.copy(
          OperationsFiles.path(script), home.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path bin = Files.createDirectories(home.resolve("jdk/bin"));
    Path java =
        Files.writeString(
            bin.resolve("java"),
            """
            #!/bin/sh
            printf '%s\\n' $$ "$@"
            for word; do case $word in -XX:AOTCacheOutput=*) : > "${word#*=}" ;; esac; done
            """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void whatItCopiesIsThereAndNotIgnored() {
    List<String> sources =
        instructions("COPY")
            .filter(copy -> !copy.contains("--from="))
            .flatMap(copy -> Stream.of(copy.split(" ")).filter(word -> word.startsWith("gateway/")))
            .toList();
    assertThat(sources)
        .hasSize(4)
        .allSatisfy(
            source ->
                assertThat(
                        source.equals("gateway/target/portcullis.jar")
                            || Files.exists(Path.of("..").resolve(source)))
                    .as(source)
                    .isTrue());
    assertThat(OperationsFiles.text("docker/Dockerfile.dockerignore").lines().toList())
        .containsSubsequence("*")
        .containsAll(sources.stream().map(source -> "!" + source).toList());
  }

  @Test
  void itRunsTheLauncherItselfAsTheUnitDoes() {
    assertThat(instructions("ENTRYPOINT")).containsExactly("[\"" + HOME + "portcullis\"]");
    assertThat(OperationsFiles.text("systemd/portcullis.service"))
        .contains("ExecStart=" + HOME + "portcullis ");
    assertThat(SCRIPTS).allMatch(script -> Files.isExecutable(OperationsFiles.path(script)));
  }

  @Test
  void itsPortsAreThoseOfTheManifests() {
    assertThat(instructions("EXPOSE"))
        .containsExactly(
            KubernetesManifests.port("http") + " " + KubernetesManifests.port("control"));
  }

  @Test
  void theLauncherBecomesTheJvmAndHandsItsArgumentsOn() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("linked"), home.resolve("portcullis"));
    Process process = start(link.toString(), "token", "create", "--name", "two words");
    String real = home.toRealPath().toString();
    assertThat(output(process))
        .containsExactly(
            Long.toString(process.pid()),
            "@" + real + "/jvm.options",
            "-jar",
            real + "/portcullis.jar",
            "token",
            "create",
            "--name",
            "two words");
    Files.writeString(home.resolve("portcullis.aot"), "");
    assertThat(output(start(link.toString()))).contains("-XX:AOTCache=" + real + "/portcullis.aot");
  }

  @Test
  void theTrainingRunsSettingsAreTheGateways() throws Exception {
    List<String> words = output(start(home.resolve("aot-cache").toString()));
    assertThat(words).contains("-Dspring.context.exit=onRefresh");
    assertThat(home.resolve("portcullis.aot")).exists();
    OperationsFiles.areKnown(OperationsFiles.settings(words));
  }

  @Test
  void aJvmTakesTheOptionsWithoutAWord() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(
            output(
                start(
                    java,
                    "@" + OperationsFiles.path("jvm.options"),
                    "-Xlog:all=warning",
                    "--version")))
        .isNotEmpty()
        .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("warning"));
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    return builder.start();
  }

  private static List<String> output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static Stream<String> instructions(String name) {
    return Arrays.stream(DOCKERFILE.split("\n"))
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1));
  }
}

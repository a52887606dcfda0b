package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory with the gateway as it is installed beside systemd or in a container: the unpacked
 * jar, the launcher and the JVM's options of {@code gateway/ops}.
 */
record Installation(Path directory) implements Program {
  private static final Path OPS = Path.of("gateway/ops");
  private static final String LAUNCHER = "portcullis";
  private static final String OPTIONS = "jvm.options";
  private static final String CACHE = "portcullis.aot";
  private static final String CACHE_MAKER = "aot-cache";
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  /** Installs the packaged gateway. */
  static Installation make(Bench bench, String name) throws IOException, InterruptedException {
    Path directory = bench.directory(name).resolve("home");
    Path jar = bench.options().gateway().toAbsolutePath();
    Tool.output(
        List.of(
            JAVA_HOME.resolve("bin/java").toString(),
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--destination",
            directory.toString()));
    for (String file : List.of(LAUNCHER, CACHE_MAKER, OPTIONS)) {
      Files.copy(OPS.resolve(file), directory.resolve(file));
      Files.setPosixFilePermissions(
          directory.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path unpacked = directory.resolve(jar.getFileName());
    if (!unpacked.endsWith("portcullis.jar")) {
      Files.move(unpacked, directory.resolve("portcullis.jar"));
    }
    return new Installation(directory);
  }

  /** The same with its AOT cache. */
  Installation cached() throws IOException, InterruptedException {
    String said = Tool.output(launched(CACHE_MAKER));
    if (!Files.exists(directory.resolve(CACHE))) {
      throw new IOException("no AOT cache was made:\n" + said);
    }
    return this;
  }

  private List<String> launched(String program) {
    return List.of("env", "JAVA_HOME=" + JAVA_HOME, directory.resolve(program).toString());
  }

  @Override
  public List<String> command(List<String> settings) {
    List<String> line = new ArrayList<>(launched(LAUNCHER));
    line.addAll(settings);
    return line;
  }
}

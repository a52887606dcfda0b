package dev.portcullis.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that the harness started, and the file with its output. */
final class Child implements AutoCloseable {
  private static final int GRACE_SECONDS = 10;
  private static final int LINES_SHOWN = 30;
  private static final String RESIDENT = "VmRSS:";
  private static final String JCMD =
      Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

  private final String name;
  private final Path log;
  private final Process process;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  static Child start(String name, Path log, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Child(name, log, builder.start());
  }

  /** Fails with the end of the log if the process has ended. */
  void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw ended();
    }
  }

  /** Waits for its end, and fails with the end of the log if that is not a good one. */
  void awaitEnd() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw ended();
    }
  }

  /** What it has printed so far. */
  List<String> lines() throws IOException {
    return Files.readAllLines(log);
  }

  private IOException ended() throws IOException {
    List<String> lines = lines();
    return new IOException(
        name
            + " ended with "
            + process.exitValue()
            + ":\n"
            + String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
  }

  /** Processor time used so far, user and system, by it and by the processes it started. */
  Duration cpuTime() {
    return process.descendants().map(Child::cpuTime).reduce(ownCpuTime(), Duration::plus);
  }

  /** Processor time used so far by it alone. */
  Duration ownCpuTime() {
    return cpuTime(process.toHandle());
  }

  private static Duration cpuTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What of it is in memory now, in MiB. */
  double residentMib() throws IOException {
    return Files.readAllLines(Path.of("/proc", pid(), "status")).stream()
        .filter(line -> line.startsWith(RESIDENT))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow(() -> new IOException("nobody knows what memory " + name + " has"));
  }

  /** What a JVM keeps after a collection of its garbage. */
  HeapHistogram heap() throws IOException, InterruptedException {
    return HeapHistogram.parse(Tool.output(List.of(JCMD, pid(), "GC.class_histogram")));
  }

  /** Ends it, and the processes it started, as a crash would (SIGKILL). */
  void kill() {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Stops all of its threads (SIGSTOP); its sockets stay open. */
  void suspend() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on (SIGCONT). */
  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  /** Has a JVM keep only what it still needs. */
  void collectGarbage() throws IOException, InterruptedException {
    run(JCMD, pid(), "GC.run");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    run("kill", signal, pid());
  }

  private String pid() {
    return Long.toString(process.pid());
  }

  private void run(String... command) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(command[0] + " for " + name + " gave " + exit);
    }
  }

  /** Asks it to end (SIGTERM), and makes it after a while. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    } catch (ExecutionException | TimeoutException e) {
      kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Where a measurement takes place: a directory of its own, and the processes and connections that
 * must not outlive it.
 */
final class Bench implements AutoCloseable {
  private final Options options;
  private final Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final long start = System.nanoTime();

  Bench(Options options) throws IOException {
    this.options = options;
    this.directory = Files.createTempDirectory("portcullis-load-");
  }

  Options options() {
    return options;
  }

  /** A new directory under the bench's own. */
  Path directory(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  /** Starts a process whose output goes to {@code <name>.log}. */
  Child start(String name, List<String> command) throws IOException {
    return closeLater(Child.start(name, directory.resolve(name + ".log"), command));
  }

  /** Closes it at the end, before what was opened earlier. */
  synchronized <T extends AutoCloseable> T closeLater(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Tells how far the measurement is. */
  void say(String text) {
    System.out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, text);
  }

  /** Lets time pass in which the load runs. */
  static void pass(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** A port of the loopback interface that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends all that was opened, the last first, and removes the directory. Safe to call twice. */
  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      AutoCloseable next = opened.pop();
      try {
        next.close();
      } catch (Exception e) {
        say(next + " was not closed: " + e);
      }
    }
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      say("left behind: " + directory);
    }
  }
}

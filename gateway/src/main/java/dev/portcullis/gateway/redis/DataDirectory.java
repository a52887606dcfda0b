package dev.portcullis.gateway.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of an embedded Redis, mode 0700, held by one gateway at a time. */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final int END_SECONDS = 5;

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory where it is not there, and takes hold of it.
   *
   * @throws DataDirectoryException if another gateway holds it, or it cannot be written
   */
  static DataDirectory lock(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              path.resolve("gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new DataDirectoryException(
            "another gateway runs on the data directory " + path, null);
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new DataDirectoryException("the data directory " + path + " cannot be used: " + e, e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** What the server writes about itself. */
  Path log() {
    return path.resolve("redis.log");
  }

  private Path configuration() {
    return path.resolve("redis.conf");
  }

  private Path pidFile() {
    return path.resolve("redis.pid");
  }

  /** Writes the server's configuration, mode 0600: it has the password. */
  Path configure(String settings) throws IOException {
    Path fresh = path.resolve("redis.conf.new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh, settings + "dir " + quoted(path) + "\npidfile " + quoted(pidFile()) + "\n");
    return Files.move(fresh, configuration(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String quoted(Path file) {
    return '"' + file.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Ends the server that a gateway left behind when it was killed. */
  void endLeftover() throws IOException {
    if (Files.exists(pidFile())) {
      String pid = Files.readString(pidFile()).strip();
      Optional<ProcessHandle> leftover =
          pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
      // The number may be another process's by now: ours was started with our configuration.
      leftover.filter(this::isOurs).ifPresent(DataDirectory::end);
      Files.deleteIfExists(pidFile());
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> Arrays.asList(arguments).contains(configuration().toString()))
        .orElse(false);
  }

  private static void end(ProcessHandle leftover) {
    LOG.warn("Ending the Redis that an earlier gateway left behind, pid {}", leftover.pid());
    leftover.destroy();
    try {
      leftover.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      leftover.destroyForcibly();
      leftover.onExit().join();
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.debug("The lock was not released: {}", e.getMessage());
    }
  }
}

package dev.portcullis.gateway.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** A Redis server for all tests of this JVM that want an empty one and leave it running. */
public final class SharedRedis {
  private static final RedisProcess PROCESS = start();

  private SharedRedis() {}

  private static RedisProcess start() {
    try {
      RedisProcess redis = RedisProcess.start(Files.createTempDirectory("shared-redis"));
      Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server, emptied. */
  public static RedisProcess emptied() {
    PROCESS.run("FLUSHALL");
    return PROCESS;
  }

  /** The server as it is. */
  static RedisProcess running() {
    return PROCESS;
  }
}

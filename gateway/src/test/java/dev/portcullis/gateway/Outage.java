package dev.portcullis.gateway;

import dev.portcullis.gateway.redis.RedisCli;
import dev.portcullis.gateway.redis.RedisProcess;

/** What can become of a test bed's Redis. */
enum Outage {
  KILLED,
  FROZEN,
  BLACK_HOLE,
  ANOTHER_PASSWORD,
  A_REPLICA_NOW;

  /** From here on the gateway cannot use it. */
  void begin(TestBed bed) {
    RedisProcess redis = bed.redis();
    switch (this) {
      case KILLED -> redis.kill();
      case FROZEN -> redis.freeze();
      case BLACK_HOLE -> bed.wire().swallow();
      case ANOTHER_PASSWORD -> redis.run("CONFIG", "SET", "requirepass", "another");
      case A_REPLICA_NOW -> redis.run("REPLICAOF", "127.0.0.1", "1");
    }
    if (this != FROZEN && this != BLACK_HOLE) {
      bed.wire().closeAll();
    }
  }

  /** It is as before, with its data. */
  void end(TestBed bed) {
    RedisProcess redis = bed.redis();
    switch (this) {
      case KILLED -> redis.resume();
      case FROZEN -> redis.thaw();
      case BLACK_HOLE -> bed.wire().release();
      case ANOTHER_PASSWORD -> {
        try (RedisCli cli = redis.cliWith("another")) {
          cli.run("CONFIG", "SET", "requirepass", RedisProcess.PASSWORD);
        }
      }
      case A_REPLICA_NOW -> redis.run("REPLICAOF", "NO", "ONE");
    }
  }
}

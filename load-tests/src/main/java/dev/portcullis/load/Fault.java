package dev.portcullis.load;

import java.io.IOException;
import java.time.Duration;

/** A way in which Redis is gone. */
enum Fault {
  /** The process is killed, and later started again on its data. */
  KILLED {
    @Override
    void begin(Redis redis, DelayingProxy network) {
      redis.child().kill();
    }

    @Override
    void end(Redis redis, DelayingProxy network) throws IOException {
      redis.restart();
    }
  },

  /** The process does not run, but its sockets are open. */
  STOPPED {
    @Override
    void begin(Redis redis, DelayingProxy network) throws IOException, InterruptedException {
      redis.child().suspend();
    }

    @Override
    void end(Redis redis, DelayingProxy network) throws IOException, InterruptedException {
      redis.child().resume();
    }
  },

  /** Each answer comes, but long after the time-out. */
  SLOW {
    @Override
    void begin(Redis redis, DelayingProxy network) {
      network.delay(LATE);
    }

    @Override
    void end(Redis redis, DelayingProxy network) {
      network.delay(Duration.ZERO);
    }
  },

  /** Nothing passes in either direction, and no connection breaks. */
  BLACKHOLED {
    @Override
    void begin(Redis redis, DelayingProxy network) {
      network.blackhole(true);
    }

    @Override
    void end(Redis redis, DelayingProxy network) {
      network.blackhole(false);
    }
  };

  private static final Duration LATE = Duration.ofSeconds(1);

  /** Brings it about. */
  abstract void begin(Redis redis, DelayingProxy network) throws IOException, InterruptedException;

  /** Mends it; returns when Redis answers again. */
  abstract void end(Redis redis, DelayingProxy network) throws IOException, InterruptedException;

  /** Whether the relay is the means; otherwise the gateway reaches Redis without it. */
  boolean ofNetwork() {
    return this == SLOW || this == BLACKHOLED;
  }
}

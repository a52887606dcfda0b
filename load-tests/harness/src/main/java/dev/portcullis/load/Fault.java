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
    long end(Redis redis, DelayingProxy network) throws IOException {
      return redis.restart();
    }
  },

  /** The process does not run, but its sockets are open. */
  STOPPED {
    @Override
    void begin(Redis redis, DelayingProxy network) throws IOException, InterruptedException {
      redis.child().suspend();
    }

    @Override
    long end(Redis redis, DelayingProxy network) throws IOException, InterruptedException {
      long end = System.nanoTime();
      redis.child().resume();
      return end;
    }
  },

  /** Each answer comes, but long after the time-out. */
  SLOW {
    @Override
    void begin(Redis redis, DelayingProxy network) {
      network.delay(LATE);
    }

    @Override
    long end(Redis redis, DelayingProxy network) {
      long end = System.nanoTime();
      network.delay(Duration.ZERO);
      return end;
    }
  },

  /** Nothing passes in either direction, and no connection breaks. */
  BLACKHOLED {
    @Override
    void begin(Redis redis, DelayingProxy network) {
      network.blackhole(true);
    }

    @Override
    long end(Redis redis, DelayingProxy network) {
      long end = System.nanoTime();
      network.blackhole(false);
      return end;
    }
  };

  private static final Duration LATE = Duration.ofSeconds(1);

  /** Brings it about. */
  abstract void begin(Redis redis, DelayingProxy network) throws IOException, InterruptedException;

  /** Mends it. The moment, in {@link System#nanoTime}, from which on Redis can answer. */
  abstract long end(Redis redis, DelayingProxy network) throws IOException, InterruptedException;

  /** Whether the relay is the means; otherwise the gateway reaches Redis without it. */
  boolean ofNetwork() {
    return this == SLOW || this == BLACKHOLED;
  }
}

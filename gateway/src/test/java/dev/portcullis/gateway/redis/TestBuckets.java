package dev.portcullis.gateway.redis;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.limit.BucketStore;
import dev.portcullis.gateway.meter.StoreMeters;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The counts as one gateway sees them, over a connection of its own and by a clock of the test. */
final class TestBuckets implements AutoCloseable {
  private final Client client = new Client(TestStores.settings(Optional.empty()));
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final RedisConnection connection = new RedisConnection(InstantSource.system());
  private final RedisBuckets buckets;

  TestBuckets(String address, TimeMeter clock, Duration timeout) {
    RedisURI uri = RedisURI.create(address);
    connection.up(new Live(client.lettuce().connect(StringCodec.UTF8, uri), uri, 0));
    buckets =
        new RedisBuckets(
            connection, clock, timeout, new StoreMeters(meters), Ticker.systemTicker());
  }

  BucketStore store() {
    return buckets;
  }

  /** What it asks by. */
  RedisConnection connection() {
    return connection;
  }

  /** How many were answered so. */
  long answered(String outcome) {
    return meters
        .get("portcullis.store")
        .tags("operation", "bucket", "outcome", outcome)
        .timer()
        .count();
  }

  @Override
  public void close() {
    client.close();
  }
}

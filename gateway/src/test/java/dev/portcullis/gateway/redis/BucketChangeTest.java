package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.limit.TestLimits.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.Answers;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that change one bucket at the same time. */
class BucketChangeTest {
  private static final String NAME = "{portcullis}:bucket:own|token|5/day||ada";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final RedisProcess redis = SharedRedis.emptied();
  private final TestBuckets buckets =
      new TestBuckets(redis.uri(), TimeMeter.SYSTEM_MILLISECONDS, Duration.ofSeconds(5));
  private final BucketChange far = new BucketChange(NAME, "far");
  private final BucketChange near = new BucketChange(NAME, "near");
  private final BucketChange nearToo = new BucketChange(NAME, "near-too");

  @BeforeEach
  void fill() {
    redis.run("SET", NAME, "first");
  }

  @AfterEach
  void disconnect() {
    buckets.close();
  }

  private BucketCommands commands(Duration longestTurn) {
    return new BucketCommands(buckets.connection(), longestTurn);
  }

  private static boolean swap(
      BucketCommands commands, BucketChange change, String from, String to) {
    byte[][] arguments = {from.getBytes(UTF_8), to.getBytes(UTF_8), "60000".getBytes(UTF_8)};
    return Answers.of(
        commands.<Boolean>eval("", ScriptOutputType.BOOLEAN, new Object[] {change}, arguments));
  }

  private void loseThrice(BucketCommands commands) {
    for (int i = 0; i < 3; i++) {
      assertThat(far.hasTurn()).isFalse();
      assertThat(swap(commands, far, "stale", "far")).isFalse();
    }
    assertThat(far.hasTurn()).isTrue();
  }

  @Test
  void swapsWhatIsAsExpected() {
    assertThat(swap(commands(LONG), near, "first", "second")).isTrue();
    assertThat(redis.run("GET", NAME)).isEqualTo("second");
    assertThat(swap(commands(LONG), nearToo, "first", "third")).isFalse();
    assertThat(redis.run("GET", NAME)).isEqualTo("second");
  }

  @Test
  void letsWhoHasLostThriceGoNext() {
    BucketCommands commands = commands(LONG);
    loseThrice(commands);
    assertThat(swap(commands, near, "first", "near")).isFalse();
    assertThat(swap(commands, far, "first", "far")).isTrue();
    assertThat(swap(commands, near, "far", "near")).isTrue();
    assertThat(redis.run("KEYS", "*")).isEqualTo(NAME);
  }

  @Test
  void takesNoTurnFromWhoHasIt() {
    BucketCommands commands = commands(LONG);
    loseThrice(commands);
    for (int i = 0; i < 5; i++) {
      assertThat(swap(commands, near, "first", "near")).isFalse();
    }
    assertThat(near.hasTurn()).isFalse();
    assertThat(swap(commands, far, "first", "far")).isTrue();
  }

  @Test
  void goesOnWhenATurnIsGivenUp() {
    BucketCommands commands = commands(LONG);
    loseThrice(commands);
    commands.release(near);
    assertThat(swap(commands, near, "first", "near")).isFalse();
    commands.release(far);
    assertThat(swap(commands, near, "first", "near")).isTrue();
  }

  @Test
  void goesOnWhenWhoHasTheTurnWentAway() {
    BucketCommands commands = commands(SHORT);
    loseThrice(commands);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(5))
        .until(() -> swap(commands, near, "first", "near"));
  }

  @Test
  void waitsForTheTurnOfAnother() {
    redis.run("SET", "{portcullis}:bucket-turn:own|token|5/day||ada", "another", "PX", "100");
    redis.run("DEL", NAME);
    Answers.of(buckets.store().take(key("5 per day"), 1));
    assertThat(redis.run("KEYS", "*")).isEqualTo(NAME);
  }
}

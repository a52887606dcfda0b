package dev.portcullis.gateway.redis;

import static dev.portcullis.gateway.token.Answers.done;
import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.registry.TestChanges;
import dev.portcullis.gateway.registry.TestDetails;
import dev.portcullis.gateway.token.TestPrincipals;
import dev.portcullis.gateway.token.TestTokens;
import dev.portcullis.gateway.token.TokenHash;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedRedisTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final TokenHash HASH = new TokenHash("p1:" + "a".repeat(64));

  @TempDir Path temp;

  private Path data() {
    return temp.resolve("the data");
  }

  private static RedisStore on(EmbeddedRedis redis) {
    return TestStores.connected(TestStores.at(redis.uri(), new SimpleMeterRegistry()));
  }

  private static String password(EmbeddedRedis redis) {
    return URI.create(redis.uri()).getUserInfo().substring(1);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private ProcessHandle server() throws IOException {
    String pid = Files.readString(data().resolve("redis.pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  @Test
  void keepsItsDataFromOneStartToTheNext() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(data());
        RedisStore store = on(redis)) {
      done(TestChanges.createPrincipal(store.registry(), TestPrincipals.user()));
      done(
          TestChanges.createToken(
              store.registry(), TestDetails.of("t", TestTokens.active()), HASH));
      done(TestChanges.revoke(store.registry(), TestTokens.ID, NOW));
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(data());
        RedisStore store = on(redis)) {
      assertThat(found(store.tokens().token(HASH)).revokedAt()).contains(NOW);
    }
  }

  @Test
  void isStartedAgainWithItsDataWhenItWasKilled() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(data());
        RedisStore store = on(redis)) {
      done(TestChanges.createPrincipal(store.registry(), TestPrincipals.user()));
      ProcessHandle killed = server();
      killed.destroyForcibly();
      killed.onExit().join();
      await().until(() -> store.isUp() && server().pid() != killed.pid());
      assertThat(done(store.registry().principal("ada"))).isEqualTo(TestPrincipals.user());
    }
  }

  @Test
  void endsWithTheGateway() throws IOException {
    ProcessHandle server;
    try (EmbeddedRedis _ = EmbeddedRedis.start(data())) {
      server = server();
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void letsNobodyElseReadItsFilesOrItsPassword() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(data())) {
      assertThat(mode(data())).isEqualTo("rwx------");
      assertThat(mode(data().resolve("redis.conf"))).isEqualTo("rw-------");
      assertThat(Arrays.asList(server().info().arguments().orElseThrow()))
          .noneMatch(argument -> argument.contains(password(redis)));
      assertThat(redis.toString()).doesNotContain(password(redis));
    }
  }

  @Test
  void asksForThePassword() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(data());
        RedisCli cli = new RedisCli(URI.create(redis.uri()).getPort(), "")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> cli.run("PING"))
          .withMessageStartingWith("NOAUTH");
      assertThat(cli.run("AUTH", password(redis))).isEqualTo("OK");
      assertThat(cli.run("CONFIG", "GET", "appendfsync")).isEqualTo("appendfsync always");
      assertThat(cli.run("CONFIG", "GET", "bind")).isEqualTo("bind 127.0.0.1");
    }
  }

  @Test
  void makesANewPasswordAtEachStart() {
    String first;
    try (EmbeddedRedis redis = EmbeddedRedis.start(data())) {
      first = password(redis);
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(data())) {
      assertThat(password(redis)).isNotEqualTo(first);
    }
  }

  @Test
  void refusesADirectoryThatARunningGatewayHolds() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(data());
        RedisStore store = on(redis)) {
      assertThatExceptionOfType(DataDirectoryException.class)
          .isThrownBy(() -> EmbeddedRedis.start(data()).close())
          .withMessageContaining("another gateway")
          .withMessageContaining(data().toString());
      assertThat(store.isUp()).isTrue();
    }
  }

  @Test
  void endsTheServerThatAKilledGatewayLeftBehind() throws Exception {
    Path left = data();
    Process killed = gateway(left);
    ProcessHandle leftover = server();
    killed.destroyForcibly().waitFor();
    assertThat(leftover.isAlive()).isTrue();
    try (EmbeddedRedis _ = EmbeddedRedis.start(left)) {
      assertThat(leftover.isAlive()).isFalse();
      assertThat(server().pid()).isNotEqualTo(leftover.pid());
    }
  }

  @Test
  void sparesAProcessThatIsNotItsOwnAndHasTheNumber() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.createDirectories(data());
      Files.writeString(data().resolve("redis.pid"), stranger.pid() + "\n");
      try (EmbeddedRedis redis = EmbeddedRedis.start(data())) {
        assertThat(stranger.isAlive()).isTrue();
        assertThat(redis.uri()).isNotEmpty();
      }
    } finally {
      stranger.destroyForcibly();
    }
  }

  /** Another Java that starts an embedded Redis and then waits to be killed. */
  private static Process gateway(Path data) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedRedisTest.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    while (!"started".equals(line)) {
      assertThat(line).as("before it started").isNotNull();
      line = said.readLine();
    }
    return process;
  }

  /** See {@link #gateway}. */
  public static void main(String[] args) throws IOException {
    EmbeddedRedis.start(Path.of(args[0]));
    System.out.println("started");
    while (System.in.read() >= 0) {
      // wait to be killed
    }
  }
}

package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SeededTokensTest {
  private static final int COUNT = 3_000;

  private final SeededTokens tokens =
      new SeededTokens(
          COUNT, Instant.parse("2026-01-01T00:00:00Z"), new SeededSecrets("p1", new byte[32]));

  @Test
  void idsSortByCreation() {
    List<String> ids = IntStream.range(0, COUNT).mapToObj(tokens::id).toList();
    assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.length() == 26);
  }

  @Test
  void areWrittenSoThatRecordsAndIndexesAgree() throws IOException {
    try (Bench bench = new Bench(Options.parse(List.of()))) {
      Redis redis = Redis.start(bench);
      try (RedisPipe pipe = redis.pipe()) {
        tokens.write(pipe, done -> {});
      }
      Keyspace keyspace = Keyspace.read(redis);
      assertThat(keyspace.tokens()).hasSize(COUNT);
      Findings findings = new Findings();
      new KeyspaceCheck(keyspace, findings).run();
      assertThat(findings.figures())
          .filteredOn(figure -> !figure.name().startsWith("checked"))
          .allMatch(Figure::met);
      assertThat(keyspace.indexes().get("live-by-end"))
          .isEqualTo(
              new HashSet<>(
                  IntStream.range(0, COUNT)
                      .filter(i -> !tokens.revoked(i))
                      .mapToObj(tokens::endMember)
                      .toList()));
      assertThat(keyspace.token(tokens.id(7))).containsAllEntriesOf(Map.of("name", "load 7"));
    }
  }
}

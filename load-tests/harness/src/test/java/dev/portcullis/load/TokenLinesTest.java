package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenLinesTest {
  private static final SeededTokens TOKENS =
      new SeededTokens(
          2_000, Instant.parse("2026-01-01T00:00:00Z"), new SeededSecrets("p1", new byte[32]));

  @Test
  void eachLiveTokenStandsOnceWithItsOwnersAddress() throws IOException {
    try (Bench bench = new Bench(Options.parse(List.of()))) {
      TokenLines lines = TokenLines.write(bench, TOKENS);
      String text = Files.readString(lines.file());
      assertThat(text).hasSize((int) lines.size());
      List<String> found = new ArrayList<>();
      for (int from = 0; from < text.length(); from += lines.width()) {
        found.add(text.substring(from, from + lines.width()));
      }
      assertThat(found)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, TOKENS.count())
                  .filter(i -> !TOKENS.revoked(i))
                  .mapToObj(i -> TOKENS.secrets().secret(i) + "\r\nEmail: " + TOKENS.email(i))
                  .toList());
    }
  }
}

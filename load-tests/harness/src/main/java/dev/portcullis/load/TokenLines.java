package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A file that only its owner can read, with what follows {@code Authorization: Bearer} up to the
 * end of the last header, of one live token after another in a shuffled order.
 *
 * @param width how many bytes each token has in it
 * @param count of how many tokens it is
 */
record TokenLines(Path file, int width, int count) {
  private static final long SEED = 7;

  static TokenLines write(Bench bench, SeededTokens tokens) throws IOException {
    Path file = bench.directory("tokens").resolve("lines");
    Files.createFile(file, Wrk.OWNER_ONLY);
    List<Integer> live =
        new ArrayList<>(
            IntStream.range(0, tokens.count()).filter(i -> !tokens.revoked(i)).boxed().toList());
    Collections.shuffle(live, new Random(SEED));
    int width = line(tokens, live.getFirst()).length();
    try (var out = Files.newBufferedWriter(file, US_ASCII)) {
      for (int i : live) {
        String line = line(tokens, i);
        if (line.length() != width) {
          throw new IllegalStateException("token " + i + " is wider than others");
        }
        out.write(line);
      }
    }
    return new TokenLines(file, width, live.size());
  }

  private static String line(SeededTokens tokens, int i) {
    return tokens.secrets().secret(i) + "\r\nEmail: " + tokens.email(i);
  }

  long size() {
    return (long) width * count;
  }
}

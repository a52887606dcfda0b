package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.cli.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command lines of the pages beside the shipped policy files, typed in as they stand there. */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedPagesTest {
  private static final String PROMPT = "    portcullis ";
  private static final Pattern PERSON =
      Pattern.compile("(?<=create |--principal |\"principal\": \")(ada|sync|app)(?=[ \"]|$)");
  private static final Pattern FILE = Pattern.compile(" {4}echo '(.*)' > (\\S+)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

  @TempDir Path directory;
  private final TestBed bed;

  ShippedPagesTest(TestBed bed) {
    this.bed = bed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stax", "stax-ai", "axiom", "sta", "faq"})
  void theCommandsOfThePageWork(String api) throws IOException {
    CommandLineRun line =
        new CommandLineRun(directory)
            .against(bed.gateway().operator().base())
            .environment("PORTCULLIS_OPERATOR_TOKEN", GatewayProcess.OPERATOR_TOKEN);
    String token = "";
    int commands = 0;
    for (String text : page(api)) {
      // Five pages on one gateway: each has a person of its own.
      String filled = PERSON.matcher(text).replaceAll("page-" + api);
      FILE.matcher(filled).results().forEach(this::write);
      if (!filled.startsWith(PROMPT)) {
        continue;
      }
      String[] words = words(filled.substring(PROMPT.length()), token);
      assertThat(line.run(words)).as(text + "\n" + line.err()).isZero();
      commands++;
      if (text.contains(" token create ")) {
        token = line.out().lines().skip(1).findFirst().orElseThrow().replaceFirst(" .*", "");
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(4);
    assertThat(bed.gateway().operator().get("/v1/tokens/" + token).at("/status"))
        .isEqualTo("revoked");
  }

  private static List<String> page(String api) throws IOException {
    return Files.readAllLines(Path.of("../policy-config/policies/" + api + ".md"));
  }

  private void write(MatchResult file) {
    try {
      Files.writeString(
          directory.resolve(file.group(2)), file.group(1).replace("...", "5".repeat(64)) + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String[] words(String command, String token) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group() : word.group(1))
        .map(word -> word.equals("TOKEN_ID") || word.equals("$accessKey") ? token : word)
        .toArray(String[]::new);
  }
}

package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.PolicyReader.Read;
import dev.portcullis.policy.PolicyReader.Result;
import dev.portcullis.policy.PolicyReader.Unsound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDirectoryTest {
  @TempDir Path directory;

  @Test
  void readsAllPolicyFilesAndNoOthers() throws IOException {
    write("b.yaml", policy("b", "GET /b"));
    write("a.yml", policy("a", "GET /a"));
    write("notes.txt", "not a policy");
    write(".hidden.yaml", "[");
    Files.createDirectory(directory.resolve("sub.yaml.d"));

    assertThat(PolicyReader.readDirectory(directory))
        .isInstanceOfSatisfying(
            Read.class,
            read -> assertThat(read.policies()).extracting(Policy::api).containsExactly("a", "b"));
  }

  @Test
  void reportsTheProblemsOfAllFilesTogether() throws IOException {
    write("a.yaml", policy("same", "GET /{x}") + "extra: 1\n");
    write("b.yaml", "api: [");
    write("c.yaml", policy("same", "GET /{y}"));

    assertThat(problems())
        .satisfiesExactly(
            one -> assertThat(one).matches(".*a.yaml:5: extra: unknown field 'extra'.*"),
            two -> assertThat(two).matches(".*b.yaml:1: not YAML: .*"),
            three ->
                assertThat(three)
                    .matches(".*c.yaml:1: api: the API 'same' stands already in .*a.yaml:1"),
            four ->
                assertThat(four)
                    .matches(
                        ".*c.yaml:4: routes\\[0]: GET on this path stands already in"
                            + " .*a.yaml:4"));
  }

  @Test
  void isAProblemWhereThereIsNoPolicy() throws IOException {
    assertThat(problems())
        .containsExactly(directory + ":1: the directory has no policy file (*.yaml, *.yml)");
    Files.delete(directory);
    assertThat(problems()).hasSize(1).first().asString().contains("cannot be read");
  }

  @Test
  void isAProblemWhereAFileIsNotUtf8OrTooLarge() throws IOException {
    Files.write(directory.resolve("a.yaml"), "api: é".getBytes(StandardCharsets.ISO_8859_1));
    write("b.yaml", "#".repeat(YamlTree.MAX_LENGTH + 1));

    assertThat(problems())
        .satisfiesExactly(
            one -> assertThat(one).endsWith("a.yaml:1: the file is not UTF-8"),
            two -> assertThat(two).contains("b.yaml:1: the file is larger than"));
  }

  private List<String> problems() {
    Result result = PolicyReader.readDirectory(directory);
    return result instanceof Unsound(List<Problem> problems)
        ? problems.stream().map(Problem::toString).toList()
        : List.of();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static String policy(String api, String match) {
    return "api: "
        + api
        + "\nupstream: http://localhost:9000\ncredentials: [bearer]\nroutes: [{match: '"
        + match
        + "', scopes: []}]\n";
  }
}

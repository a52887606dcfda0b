package dev.portcullis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenSourceTest {
  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final TypingPerson typed = new TypingPerson();

  private OperatorTokenSource.Result find(Optional<Path> named) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return OperatorTokenSource.find(
        new Surroundings(
            environment,
            directory,
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            typed,
            Pace.SYSTEM),
        named);
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static OperatorTokenSource.Result found(String token) {
    return new OperatorTokenSource.Found(token);
  }

  @Test
  void takesTheFirstThatThereIs() throws IOException {
    assertThat(find(Optional.empty())).isInstanceOf(OperatorTokenSource.Missing.class);
    typed.types("typed");
    assertThat(find(Optional.empty())).isEqualTo(found("typed"));
    write("data/operator-token", "from-default\n");
    assertThat(find(Optional.empty())).isEqualTo(found("from-default"));
    write("other", "from-variable-file\n");
    environment.put("PORTCULLIS_OPERATOR_TOKEN_FILE", "other");
    assertThat(find(Optional.empty())).isEqualTo(found("from-variable-file"));
    environment.put("PORTCULLIS_OPERATOR_TOKEN", "from-variable");
    assertThat(find(Optional.empty())).isEqualTo(found("from-variable"));
    write("named", "from-named");
    assertThat(find(Optional.of(Path.of("named")))).isEqualTo(found("from-named"));
  }

  @Test
  void doesNotLookFurtherWhereTheNamedFileIsMissing() {
    environment.put("PORTCULLIS_OPERATOR_TOKEN", "from-variable");
    assertThat(find(Optional.of(Path.of("missing"))))
        .isInstanceOfSatisfying(
            OperatorTokenSource.Missing.class,
            missing -> assertThat(missing.message()).contains("missing"));
  }

  @Test
  void refusesWhatCannotBeSentAndDoesNotShowIt() {
    environment.put("PORTCULLIS_OPERATOR_TOKEN", "two\r\nlines");
    assertThat(find(Optional.empty()))
        .isInstanceOfSatisfying(
            OperatorTokenSource.Missing.class,
            missing -> assertThat(missing.message()).doesNotContain("two"));
  }

  @Test
  void showsItselfToNobody() {
    assertThat(found("secret-text").toString()).doesNotContain("secret-text");
  }
}

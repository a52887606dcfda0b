package dev.portcullis.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTokenFileTest {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("data").resolve("operator-token");
  }

  private static SecretText kept(Path file) throws IOException {
    return SecretText.of(Files.readString(file).strip());
  }

  @Test
  void makesATokenThatOnlyItsOwnerMayRead() throws IOException {
    OperatorToken token = OperatorTokenFile.readOrCreate(file());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(token.matches(kept(file()))).isTrue();
    assertThat(kept(file()).reveal()).hasSize(43);
  }

  @Test
  void readsAtTheNextStartWhatItMadeAtTheFirst() throws IOException {
    OperatorTokenFile.readOrCreate(file());
    SecretText made = kept(file());
    assertThat(OperatorTokenFile.readOrCreate(file()).matches(made)).isTrue();
    assertThat(kept(file()).reveal()).isEqualTo(made.reveal());
  }

  @Test
  void makesAnotherTokenEachTime() throws IOException {
    OperatorToken one = OperatorTokenFile.readOrCreate(directory.resolve("one"));
    OperatorTokenFile.readOrCreate(directory.resolve("two"));
    assertThat(one.matches(kept(directory.resolve("two")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxr-xr-x"})
  void refusesAFileThatIsOpenToOthers(String permissions) throws IOException {
    OperatorTokenFile.readOrCreate(file());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> OperatorTokenFile.readOrCreate(file()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining(kept(file()).reveal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "too-short", "two words of which one would be long enough by itself"})
  void refusesAFileThatHoldsNoToken(String text) throws IOException {
    OperatorTokenFile.readOrCreate(file());
    Files.writeString(file(), text);
    assertThatThrownBy(() -> OperatorTokenFile.readOrCreate(file()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("delete the file");
  }

  @Test
  void takesAConfiguredTokenOfThirtyTwoCharactersAndNoShorter() {
    assertThat(OperatorToken.of(SecretText.of("x".repeat(32)))).hasToString("***");
    assertThatThrownBy(() -> OperatorToken.of(SecretText.of("x".repeat(31))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("xxx");
  }
}

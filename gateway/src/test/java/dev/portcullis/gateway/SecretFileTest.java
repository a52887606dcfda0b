package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  @TempDir Path directory;
  private Path path = Path.of("");

  @BeforeEach
  void lieInADirectoryThatIsNotThereYet() {
    path = directory.resolve("data").resolve("secret");
  }

  @Test
  void makesASecretThatOnlyItsOwnerMayRead() throws IOException {
    SecretText made = new SecretFile(path).readOrCreate();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(made.reveal()).hasSize(44).isEqualTo(Files.readString(path).strip());
  }

  @Test
  void readsAtTheNextStartWhatItMadeAtTheFirst() {
    String made = new SecretFile(path).readOrCreate().reveal();
    assertThat(new SecretFile(path).readOrCreate().reveal()).isEqualTo(made);
  }

  @Test
  void makesAnotherSecretEachTime() {
    String one = new SecretFile(path).readOrCreate().reveal();
    assertThat(new SecretFile(directory.resolve("two")).readOrCreate().reveal()).isNotEqualTo(one);
  }

  @Test
  void holdsTheSecretThatReplacedAnother() throws IOException {
    new SecretFile(path).readOrCreate();
    new SecretFile(path).replace(SecretText.of("another"));
    assertThat(Files.readString(path)).isEqualTo("another\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxr-xr-x"})
  void refusesAFileThatIsOpenToOthers(String permissions) throws IOException {
    String secret = new SecretFile(path).readOrCreate().reveal();
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> new SecretFile(path).readOrCreate())
        .isInstanceOfSatisfying(
            StartRefusedException.class,
            refused -> assertThat(refused.action()).contains("chmod 600"))
        .hasMessageContaining(path.toString())
        .hasMessageNotContaining(secret);
  }
}

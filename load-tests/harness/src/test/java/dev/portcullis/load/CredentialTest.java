package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTest {

  @Test
  void showsNothingOfTheSecret() {
    assertThat(new Credential("id", "pc_secret", "ann@example.com").toString())
        .doesNotContain("secret");
  }
}

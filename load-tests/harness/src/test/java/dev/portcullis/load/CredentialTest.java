package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTest {

  @Test
  void showsNothingOfTheSecret() {
    assertThat(new Credential("id", "pc_secret", "ann@example.com").toString())
        .doesNotContain("secret");
  }

  @Test
  void aMisspeltOneDiffersInItsLastCharacterOnly() {
    assertThat(new Credential("id", "pc_0", "ann@example.com").misspelt().secret())
        .isEqualTo("pc_1");
    assertThat(new Credential("id", "pc_z", "ann@example.com").misspelt().secret())
        .isEqualTo("pc_0");
  }

  /** The digest is the one of FIPS 180-2, appendix B.1. */
  @Test
  void isLookedUpByTheDigestOfItsSecret() {
    assertThat(new Credential("id", "abc", "ann@example.com").sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}

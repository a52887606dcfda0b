package dev.portcullis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PepperRingTest {
  private static final Pepper ONE = TestTokens.pepper("p1");
  private static final Pepper TWO = TestTokens.pepper("p2");

  private final PepperRing ring = new PepperRing(ONE, List.of());

  @Test
  void mintsAPrefixThirtyTwoRandomCharactersAndSixCheckCharacters() {
    assertThat(ring.mint("gwt_", Salt.fresh()).secret().reveal()).matches("gwt_[0-9A-Za-z]{38}");
  }

  @Test
  void mintsAnotherSecretEachTime() {
    assertThat(ring.mint("gwt_", Salt.fresh()).secret().reveal())
        .isNotEqualTo(ring.mint("gwt_", Salt.fresh()).secret().reveal());
  }

  @Test
  void hashesWithThePepperAndNamesIt() {
    // printf %s gwt_0123456789ABCDEFGHIJKLMNOPQRSTUV | openssl dgst -sha256 -hmac p1p1...p1
    String secret = "gwt_0123456789ABCDEFGHIJKLMNOPQRSTUV" + "WDb2gw";
    assertThat(ring.candidates(SecretText.of(secret), false))
        .containsExactly(
            new TokenHash("p1:346f66da64a93b1651711ff2fe4131683d91bf230b40e99e45ba32f3bd5f0e21"));
  }

  @Test
  void knowsASecretItMintedByOneHash() {
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    assertThat(ring.candidates(minted.secret(), false)).containsExactly(minted.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_own-prefix_", "xaat-", "a_", "abcdefghijklmnopqrstuvwxyz01234-"})
  void mintsUnderAnyPrefixThatEndsInASeparator(String prefix) {
    MintedSecret minted = ring.mint(prefix, Salt.fresh());
    assertThat(minted.secret().reveal()).startsWith(prefix).hasSize(prefix.length() + 38);
    assertThat(ring.candidates(minted.secret(), false)).containsExactly(minted.hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "gwt", "1a_", "A_", "a:", "abcdefghijklmnopqrstuvwxyz012345-"})
  void mintsUnderNoOther(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> ring.mint(prefix, Salt.fresh()));
  }

  @Test
  void takesAnotherSeparatorForForged() {
    String secret = ring.mint("gwt_", Salt.fresh()).secret().reveal();
    assertThat(ring.candidates(SecretText.of(secret.replace("gwt_", "gwt-")), false)).isEmpty();
  }

  @Test
  void takesEveryOneCharacterChangeForForged() {
    String secret = ring.mint("gwt_", Salt.fresh()).secret().reveal();
    for (int i = 0; i < secret.length(); i++) {
      char other = secret.charAt(i) == 'a' ? 'b' : 'a';
      String changed = secret.substring(0, i) + other + secret.substring(i + 1);
      assertThat(ring.candidates(SecretText.of(changed), false)).as("at %d", i).isEmpty();
    }
  }

  @Test
  void takesASecretCutOrExtendedForForged() {
    String secret = ring.mint("gwt_", Salt.fresh()).secret().reveal();
    assertThat(ring.candidates(SecretText.of(secret + "abc"), false)).isEmpty();
    assertThat(ring.candidates(SecretText.of(secret.substring(0, secret.length() - 1)), false))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "a", "gwt_", "0123456789012345678901234567890123456789", "é"})
  void takesOtherTextForForged(String text) {
    assertThat(ring.candidates(SecretText.of(text), false)).isEmpty();
  }

  @Test
  void takesTheStoredHashPresentedAsATokenForForged() {
    String hash = ring.mint("gwt_", Salt.fresh()).hash().text();
    assertThat(ring.candidates(SecretText.of(hash), false)).isEmpty();
  }

  @Test
  void doesNotKnowASecretMintedUnderAnotherPepper() {
    MintedSecret minted = new PepperRing(TWO, List.of()).mint("gwt_", Salt.fresh());
    assertThat(ring.candidates(minted.secret(), false)).isEmpty();
  }

  @Test
  void afterRotationTriesTheNewPepperAndThenTheEarlier() {
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    List<TokenHash> candidates =
        new PepperRing(TWO, List.of(ONE)).candidates(minted.secret(), false);
    assertThat(candidates).hasSize(2).last().isEqualTo(minted.hash());
    assertThat(candidates.getFirst().text()).startsWith("p2:");
  }

  @Test
  void afterRotationBackStillFindsWhatWasRehashedInBetween() {
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    PepperRing rotated = new PepperRing(TWO, List.of(ONE));
    TokenHash rehashed = rotated.candidates(minted.secret(), false).getFirst();
    PepperRing back = new PepperRing(ONE, List.of(TWO));
    assertThat(back.candidates(minted.secret(), false)).containsExactly(minted.hash(), rehashed);
  }

  @Test
  void triesAnImportedSecretByItsKeyedHashAndThenByItsPlainOne() {
    List<TokenHash> candidates = ring.candidates(SecretText.of("abc"), true);
    assertThat(candidates).hasSize(2);
    assertThat(candidates.getFirst().text()).startsWith("p1:");
    assertThat(candidates.getLast().text())
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3f2c1d6e-0000-4000-8000-1234567890ab", "a-b_c", "xaat-1-2", "_____"})
  void keepsImportedSecretsOfAnyFormApart(String text) {
    assertThat(ring.candidates(SecretText.of(text), true))
        .doesNotContainAnyElementsOf(ring.candidates(SecretText.of(text + "x"), true));
  }

  @Test
  void asksNoImportedHashOfASecretItMinted() {
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    assertThat(ring.candidates(minted.secret(), true)).containsExactly(minted.hash());
  }

  @Test
  void refusesTwoPeppersWithOneId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PepperRing(ONE, List.of(TestTokens.pepper("p1"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256", "UPPER", "with:colon", "seventeen-letters", "ü"})
  void refusesAPepperIdThatIsNone(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> Pepper.of(id, new byte[32]));
  }

  @Test
  void refusesAPepperShorterThanThirtyTwoBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pepper.of("p1", new byte[31]))
        .withMessageContaining("p1");
  }

  @Test
  void refusesAPepperThatIsNotBase64WithoutShowingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pepper.ofBase64("p1", "not base64 at all, but quite secret!"))
        .withMessage("pepper 'p1' is not base64")
        .withNoCause();
  }

  @Test
  void readsAPepperInBase64() {
    byte[] key = "p1p1p1p1p1p1p1p1p1p1p1p1p1p1p1p1".getBytes(StandardCharsets.UTF_8);
    Pepper pepper = Pepper.ofBase64("p1", Base64.getEncoder().encodeToString(key));
    MintedSecret minted = ring.mint("gwt_", Salt.fresh());
    assertThat(new PepperRing(pepper, List.of()).candidates(minted.secret(), false))
        .containsExactly(minted.hash());
  }

  @Test
  void showsNoKey() {
    assertThat(ring).hasToString("PepperRing[Pepper[p1]]");
  }

  @Test
  void makesEveryBlockOfASaltAnother() {
    Salt salt = Salt.fresh();
    assertThat(salt.block(0)).isNotEqualTo(salt.block(1));
    assertThat(salt.block(0)).isEqualTo(new Salt(salt.hex()).block(0));
  }

  @Test
  void makesTheSameSecretOfTheSameSaltAndNoOther() {
    Salt salt = Salt.fresh();
    PepperRing ring = TestTokens.ring();
    String secret = ring.mint("pc_", salt).secret().reveal();
    assertThat(ring.mintAgain("pc_", salt, "p1").orElseThrow().secret().reveal()).isEqualTo(secret);
    assertThat(ring.mint("pc_", Salt.fresh()).secret().reveal()).isNotEqualTo(secret);
    assertThat(ring.mintAgain("pc_", salt, "p9")).isEmpty();
    PepperRing other = new PepperRing(TestTokens.pepper("p2"), List.of());
    assertThat(other.mint("pc_", salt).secret().reveal()).isNotEqualTo(secret);
  }

  @Test
  void makesSeedsOfAssertionsThatNothingElseIsMadeOf() {
    byte[] period = {0, 0, 0, 0, 0, 0, 0x50, 1};
    PepperRing two = new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1")));
    List<byte[]> seeds = two.assertionSeeds(period);
    assertThat(seeds).hasSize(2).allMatch(seed -> seed.length == 32);
    assertThat(seeds.getLast()).isEqualTo(ring.assertionSeeds(period).getFirst());
    assertThat(seeds.getLast()).isNotEqualTo(seeds.getFirst());
    assertThat(ring.mac("p1", period).orElseThrow()).isNotEqualTo(seeds.getLast());
    assertThat(ring.assertionSeeds(new byte[] {1}).getFirst()).isNotEqualTo(seeds.getLast());
  }
}

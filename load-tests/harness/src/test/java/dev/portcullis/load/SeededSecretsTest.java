package dev.portcullis.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SeededSecretsTest {
  private static final byte[] PEPPER = "01234567890123456789012345678901".getBytes(US_ASCII);

  private final SeededSecrets secrets = new SeededSecrets("p1", PEPPER);

  @Test
  void theHashIsOfTheSecretWithoutItsCheckCharacters() throws GeneralSecurityException {
    String secret = secrets.secret(3);
    assertThat(secrets.hash(3))
        .isEqualTo("p1:" + HexFormat.of().formatHex(hmac(secret.substring(0, 37))));
  }

  @Test
  void theCheckCharactersAreOfTheFirstEightBytesOfThatHash() throws GeneralSecurityException {
    String secret = secrets.secret(3);
    long first = HexFormat.fromHexDigitsToLong(secrets.hash(3).substring(3, 19));
    long value = 0;
    for (char digit : secret.substring(37).toCharArray()) {
      value = value * 62 + digit(digit);
    }
    assertThat(value).isEqualTo(Long.remainderUnsigned(first, 56_800_235_584L));
  }

  @Test
  void eachNumberHasItsOwnAndAllAreOfOneLength() {
    assertThat(IntStream.range(0, 1_000).mapToObj(secrets::secret))
        .doesNotHaveDuplicates()
        .allMatch(secret -> secret.matches("load_[0-9A-Za-z]{38}"));
  }

  @Test
  void showsNoPepper() {
    assertThat(secrets.toString()).doesNotContain("0123");
  }

  private static int digit(char digit) {
    return digit <= '9' ? digit - '0' : digit <= 'Z' ? digit - 'A' + 10 : digit - 'a' + 36;
  }

  private static byte[] hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(PEPPER, "HmacSHA256"));
    return mac.doFinal(text.getBytes(US_ASCII));
  }
}

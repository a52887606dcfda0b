package dev.portcullis.gateway.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.decision.Verification;
import dev.portcullis.gateway.token.SecretText;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which texts are taken for tokens of other issuers, and that none does harm. */
class ForeignTextTest extends IssuerKit {

  private List<String> othersTexts() {
    String good = jwt().text();
    String payload = good.split("\\.", -1)[1];
    return List.of(
        jwt().claim("iss", "https://other.example.org").text(),
        jwt().claim("iss", TestIssuer.ISSUER + "/").text(),
        jwt().claim("iss", null).text(),
        jwt().claim("iss", List.of(TestIssuer.ISSUER)).text(),
        jwt()
            .payload(jwt().payload().replace("}", ",\"iss\":\"" + TestIssuer.ISSUER + "\"}"))
            .text(),
        jwt().payload(jwt().payload().replace("}", ",\"sub\":\"bob\"}")).text(),
        jwt().payload("[]").text(),
        jwt().payload("null").text(),
        jwt().payload("").text(),
        jwt().payload(good).header("cty", "JWT").text(),
        jwt().payload("{\"iss\":".repeat(500) + "}".repeat(500)).text(),
        good + ".x",
        good + "=",
        payload,
        payload + "." + payload,
        "..",
        "pcat_0123456789abcdefghijABCDEFGHIJ0123456789");
  }

  @Test
  void leavesToTheStoreWhatIsOfNoIssuerItTrusts() {
    for (String text : othersTexts()) {
      assertThat(verifier.verify(SecretText.of(text), policy(issuer.issuer()))).as(text).isEmpty();
    }
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void neverFailsWhateverIsSent() {
    byte[] good = jwt().text().getBytes(US_ASCII);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] text = good.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        text[random.nextInt(text.length)] = (byte) "ABCxyz019-_.={}\"".charAt(random.nextInt(16));
      }
      String sent = new String(Arrays.copyOf(text, 1 + random.nextInt(text.length)), US_ASCII);
      for (String each : List.of(sent, new String(text, US_ASCII))) {
        verifier
            .verify(SecretText.of(each), policy(issuer.issuer()))
            .ifPresent(
                stage ->
                    assertThat(whole(stage.toCompletableFuture()))
                        .isInstanceOf(
                            each.getBytes(US_ASCII).length == good.length
                                    && each.equals(jwt().text())
                                ? Verification.Known.class
                                : Verification.Refused.class));
      }
    }
  }
}

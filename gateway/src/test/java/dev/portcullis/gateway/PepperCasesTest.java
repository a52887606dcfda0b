package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.proxy.RawConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tokens are hashed, and tokens of a system that is replaced. */
@ExtendWith(SharedTestBed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PepperCasesTest {
  private static final String LINE = "GET /peppers/x";
  private static final String POLICY =
      """
      api: peppers
      upstream: UPSTREAM
      credentials: [bearer]
      imported-tokens: true
      routes:
        - match: GET /peppers/x
          scopes: ["peppers:read"]
      """;

  private final TestBed bed;

  PepperCasesTest(TestBed bed) {
    this.bed = bed;
    bed.follow(POLICY);
    bed.follow(
        POLICY.replace("peppers", "strict").replace("imported-tokens: true", "tls: optional"));
    bed.user("pia", "\"scopes\":[\"*:*\"]");
  }

  private String hash(Issued token) {
    return bed.redis().run("HGET", "{portcullis}:token-hashes", token.id());
  }

  @Test
  void aTokenOfAnEarlierPepperVerifiesAndIsRehashedAndNewOnesUseTheNewOne() {
    Issued token = bed.token("pia", "peppers:read");
    assertThat(hash(token)).startsWith("p1:");
    try (LiveGateway rotated =
        bed.another(
            "--portcullis.pepper.current=p2",
            "--portcullis.pepper.ring.p2=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=")) {
      rotated.follow(bed.located(POLICY));
      String request = TestBed.request(LINE, token.bearer());
      assertThat(RawConnection.exchange(rotated.port(), request).status())
          .as("15.04, 15.02")
          .isEqualTo(200);
      await().untilAsserted(() -> assertThat(hash(token)).as("15.02").startsWith("p2:"));
      assertThat(RawConnection.exchange(rotated.port(), request).status()).isEqualTo(200);
      String created =
          rotated
              .operator()
              .post(
                  "/v1/tokens",
                  "{\"principal\":\"pia\",\"kind\":\"api\",\"name\":\"n\",\"scopes\":[\"peppers:read\"]}")
              .at("/token/id");
      assertThat(hash(new Issued(created, ""))).as("15.04").startsWith("p2:");
      assertThat(rotated.operator().get("/v1/tokens?principal=pia").ids())
          .as("15.08")
          .contains(created, token.id());
      bed.revoke(token);
      await().until(() -> RawConnection.exchange(rotated.port(), request).status() == 401);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "15.06 of another system, xapt-6e6f7420-6120-7365-6372-657400000000",
    "15.07 with delimiters, a.b-c_d~e+f/g:h==",
    "15.07 a UUID, 0d9c8f4e-5a7b-4c3d-9e2f-1a0b8c7d6e5f",
    "15.07 digits, 1234567890",
  })
  void aTokenImportedByItsHashVerifiesWhereThePolicySaysSo(String row, String secret)
      throws NoSuchAlgorithmException {
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.UTF_8)));
    String key = "{portcullis}:token:sha256:" + sha256;
    bed.redis()
        .run(
            "HSET",
            key,
            "v",
            "1",
            "id",
            "imported-" + sha256.substring(0, 8),
            "principal",
            "pia",
            "kind",
            "api",
            "scopes",
            "peppers:read strict:read");
    String field = "Authorization: Bearer " + secret;
    bed.check(Case.refused("TOKEN_UNKNOWN", row + ", elsewhere", "GET /strict/x", field));
    bed.check(Case.allowed(row, LINE, field));
    await().untilAsserted(() -> assertThat(bed.redis().run("EXISTS", key)).isEqualTo("0"));
    bed.check(Case.allowed(row + ", re-hashed", LINE, field));
    bed.check(
        Case.refused("TOKEN_UNKNOWN", row + ", its hash", LINE, "Authorization: Bearer " + sha256));
  }

  @Test
  void aForgedTokenCostsNoRead() {
    Issued token = bed.token("pia", "peppers:read");
    int before = bed.redis().calls("hmget");
    String forged = token.secret().substring(0, token.secret().length() - 6) + "000000";
    bed.check(
        Case.refused("TOKEN_UNKNOWN", "15.10", "GET /strict/x", "Authorization: Bearer " + forged));
    assertThat(bed.redis().calls("hmget")).isEqualTo(before);
  }

  @Test
  void anEmptyRecordIsNoToken() {
    Issued token = bed.token("pia", "peppers:read");
    String key = "{portcullis}:token:" + hash(token);
    bed.redis().run("DEL", key);
    bed.redis().run("HSET", key, "v", "1");
    bed.check(Case.refused("TOKEN_UNKNOWN", "1.30", LINE, token.bearer()));
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.control.Asker;
import dev.portcullis.gateway.proxy.RawConnection;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Access keys in the gateway's own parameter store, from which programs fetch them by name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParameterCasesTest {
  private static final String KEYS = "--portcullis.parameters.keys.";
  private static final String MAIN = "bWFpbm1haW5tYWlubWFpbm1haW5tYWlubWFpbm1haW4=";
  private static final String OTHER = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyb3Q=";
  private static final String PATH = "/.portcullis/parameters";

  private final TestBed bed = TestBed.start(KEYS + "main=" + MAIN, "--portcullis.redis.timeout=2s");
  private int made;

  @BeforeAll
  void principals() {
    bed.principal(
        "billing",
        "service-account",
        "\"organization\":\"acme\",\"scopes\":[\"dataset/*:*\",\"portcullis/parameters/*:read\"]");
    bed.principal(
        "stranger",
        "service-account",
        "\"organization\":\"other\",\"scopes\":[\"portcullis/parameters/*:read\"]");
  }

  @AfterAll
  void stop() {
    bed.close();
  }

  private Asker.Answer store(String name, String more) {
    return bed.gateway()
        .operator()
        .post(
            "/v1/tokens",
            "{\"principal\":\"billing\",\"kind\":\"access-key\",\"name\":\"n\",\"scopes\":[\"dataset/a:read\"],\"storage\":{\"name\":\"%s\"%s}}"
                .formatted(name, more));
  }

  private String stored() {
    String name = "/apps/billing-" + made++;
    assertThat(store(name, "").status()).isEqualTo(201);
    return name;
  }

  private RawConnection.Response fetch(LiveGateway from, String name, Issued token) {
    return RawConnection.exchange(
        from.port(), TestBed.request("GET " + PATH + name, token.bearer()));
  }

  private RawConnection.Response fetch(String name, Issued token) {
    return fetch(bed.gateway(), name, token);
  }

  private Issued reader(String scope) {
    return bed.token("billing", scope);
  }

  @Test
  void handsOutWhatExchangesForASession() {
    String name = stored();
    RawConnection.Response response = fetch(name, reader("portcullis/parameters" + name + ":read"));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.toString())
        .containsPattern(
            "\\{\"accessKey\":\"[0-9a-z]{26}\",\"secretKey\":\"pcsk_[0-9A-Za-z]{38}\"}")
        .containsIgnoringCase("cache-control: no-store");
    assertThat(bed.gateway().operator().get("/v1/audit?action=parameter.read").response().body())
        .contains(name, "billing")
        .doesNotContain("pcsk_");
  }

  @ParameterizedTest
  @CsvSource({
    "portcullis/parameters/*:read, 200",
    "portcullis/parameters/apps/*:read, 200",
    "portcullis/parameters/apps:read, 403",
    "portcullis/parameters/apps/billing-x:read, 403",
    "dataset/a:read, 403",
  })
  void asksForTheScopeOfTheName(String scope, int status) {
    assertThat(fetch(stored(), reader(scope)).status()).isEqualTo(status);
  }

  @Test
  void tellsAnotherOrganizationTheSameAsOfWhatThereIsNot() {
    Issued stranger = bed.token("stranger", "portcullis/parameters/*:read");
    assertThat(fetch(stored(), stranger).status()).isEqualTo(404);
    assertThat(fetch("/nothing", stranger).status()).isEqualTo(404);
    assertThat(
            RawConnection.exchange(bed.gateway().port(), TestBed.request("GET " + PATH + "/x"))
                .status())
        .isEqualTo(401);
  }

  @Test
  void reachesTheDeepestName() {
    String deep = "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15";
    assertThat(store(deep, "").status()).isEqualTo(201);
    assertThat(fetch(deep, reader("portcullis/parameters/*:read")).status()).isEqualTo(200);
  }

  @Test
  void endsWithItsToken() {
    String name = "/apps/ending";
    Asker.Answer created = store(name, "");
    Issued reader = reader("portcullis/parameters/*:read");
    assertThat(fetch(name, reader).status()).isEqualTo(200);
    bed.revoke(new Issued(created.at("/token/id"), ""));
    await().until(() -> fetch(name, reader).status() == 404);
    assertThat(store(name, "").status()).isEqualTo(201);
  }

  @Test
  void refusesAKeyThatItDoesNotHave() {
    store("/apps/keyed", ",\"key\":\"other\"").isRefusal(422, "storage.key");
    assertThat(store("/apps/keyed", ",\"key\":\"main\"").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"other, " + OTHER, "main, " + OTHER})
  void saysSoWhereTheKeyIsGoneAfterAStart(String id, String key) {
    String name = stored();
    Issued reader = reader("portcullis/parameters/*:read");
    try (LiveGateway started = bed.another(KEYS + id + "=" + key)) {
      RawConnection.Response response = fetch(started, name, reader);
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.toString()).contains("cannot be read").doesNotContain("pcsk_");
      started
          .operator()
          .post(
              "/v1/tokens",
              "{\"principal\":\"billing\",\"kind\":\"access-key\",\"name\":\"n\",\"scopes\":[\"dataset/a:read\"],\"storage\":{\"name\":\"%s\"}}"
                  .formatted(name))
          .isRefusal(409, "storage.name");
    }
    assertThat(fetch(name, reader).status()).isEqualTo(200);
  }

  @Test
  void makesNothingWhileRedisIsGone() {
    Issued reader = reader("portcullis/parameters/*:read");
    bed.wire().swallow();
    try {
      store("/apps/outage", "").isRefusal(503);
      assertThat(fetch("/apps/outage", reader).status()).isEqualTo(503);
    } finally {
      bed.wire().release();
    }
    await().until(() -> fetch("/apps/outage", reader).status() == 404);
    assertThat(store("/apps/outage", "").status()).isEqualTo(201);
  }

  @Test
  void letsAProgramFetchSoMuchAMinute() {
    Issued reader = reader("portcullis/parameters/*:read");
    assertThat(IntStream.range(0, 200).map(i -> fetch("/nothing", reader).status()))
        .contains(404, 429);
  }
}

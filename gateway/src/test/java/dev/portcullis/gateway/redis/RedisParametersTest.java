package dev.portcullis.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.portcullis.gateway.registry.Outcome;
import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterReader.Found;
import dev.portcullis.gateway.registry.ParameterStore;
import dev.portcullis.gateway.registry.ParameterStore.Put;
import dev.portcullis.gateway.registry.ParameterStore.Refused;
import dev.portcullis.gateway.registry.ParameterStore.Stored;
import dev.portcullis.gateway.registry.ParameterStoreContract;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisParametersTest extends ParameterStoreContract {
  private static final String KEY = "{portcullis}:parameter:acme/apps/billing";

  private final RedisStore store = TestStores.emptied(InstantSource.system());
  private final RedisParameters parameters = store.parameters(keys("one"));

  @AfterEach
  void disconnect() {
    store.close();
  }

  /** A key for each id, the same each time. */
  private static ParameterKeys keys(String... ids) {
    Map<String, SecretText> keys = new HashMap<>();
    for (String id : ids) {
      keys.put(id, SecretText.of(key(id)));
    }
    return new ParameterKeys(keys);
  }

  private static String key(String id) {
    byte[] bytes = id.repeat(32).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  protected ParameterStore parameters() {
    return parameters;
  }

  @Override
  protected Optional<String> value(String name) {
    return Answers.of(parameters.read(Optional.of("acme"), name))
            instanceof Outcome.Done<Found>(Found found)
        ? Optional.of(found.value().reveal())
        : Optional.empty();
  }

  @Override
  protected void occupy(String name) {
    redis("HSET", "{portcullis}:parameter:acme" + name, "somebody", "else");
  }

  @Override
  protected void breakDown() {
    store.close();
  }

  private static String redis(String... command) {
    return SharedRedis.running().run(command);
  }

  private Put put(ParameterKeys keys, Optional<String> key) {
    return Answers.of(store.parameters(keys).put(parameter("/apps/billing", "t1"), key, VALUE));
  }

  private Outcome<Found> read(ParameterKeys keys) {
    return Answers.of(store.parameters(keys).read(Optional.of("acme"), "/apps/billing"));
  }

  @Test
  void keepsNothingThatRedisCouldRead() {
    put("/apps/billing", "t1");
    String record =
        redis("HGET", KEY, "value") + redis("HGET", KEY, "token") + redis("HGET", KEY, "key");
    assertThat(record).contains("t1", "one").doesNotContain("secretKey", "pcsk_x");
    byte[] sealed = Base64.getDecoder().decode(redis("HGET", KEY, "value"));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("pcsk_x");
  }

  @Test
  void sealsTheSameValueInOtherWordsEachTime() {
    put("/a", "t1");
    put("/b", "t1");
    assertThat(redis("HGET", "{portcullis}:parameter:acme/a", "value"))
        .isNotEqualTo(redis("HGET", "{portcullis}:parameter:acme/b", "value"));
  }

  @Test
  void keepsTheNamesOfOrganizationsApart() {
    put("/apps/billing", "t1");
    Parameter other = new Parameter("/apps/billing", Optional.of("other"), "t2");
    Parameter nobodys = new Parameter("/apps/billing", Optional.empty(), "t3");
    for (Parameter parameter : new Parameter[] {other, nobodys}) {
      assertThat(Answers.of(parameters.read(parameter.organization(), parameter.name())))
          .isInstanceOf(Outcome.NotFound.class);
      assertThat(Answers.of(parameters.put(parameter, Optional.empty(), VALUE)))
          .isEqualTo(new Stored());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "value, {portcullis}:parameter:acme/other, /other, acme",
    "value, {portcullis}:parameter:evil/apps/billing, /apps/billing, evil",
  })
  void opensNothingThatWasMovedElsewhere(
      String field, String elsewhere, String name, String organization) {
    put("/apps/billing", "t1");
    for (String each : new String[] {"v", "token", "key", field}) {
      redis("HSET", elsewhere, each, redis("HGET", KEY, each));
    }
    assertThat(Answers.of(parameters.read(Optional.of(organization), name)))
        .isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  void opensNothingThatWasGivenToAnotherToken() {
    put("/apps/billing", "t1");
    redis("HSET", KEY, "token", "t2");
    assertThat(read(keys("one"))).isInstanceOf(Outcome.Conflict.class);
  }

  @ParameterizedTest
  @CsvSource({"value, '*'", "value, ''", "value, AAAA", "key, two", "v, 2"})
  void saysThatARecordCannotBeReadThatSomebodySpoilt(String field, String text) {
    put("/apps/billing", "t1");
    redis("HSET", KEY, field, text);
    assertThat(read(keys("one", "two"))).isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  void opensUnderAKeyThatIsNoLongerForNewOnes() {
    put(keys("one", "two"), Optional.of("one"));
    assertThat(read(keys("one", "two", "three"))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void saysWhichKeyIsMissing() {
    put(keys("one", "two"), Optional.of("two"));
    assertThat((Object) read(keys("one")))
        .isInstanceOfSatisfying(
            Outcome.Conflict.class,
            it -> assertThat(it.detail()).isEqualTo("key 'two' is not among this gateway's"));
  }

  @Test
  void opensNothingUnderAnotherKeyOfTheSameId() {
    put("/apps/billing", "t1");
    ParameterKeys changed = new ParameterKeys(Map.of("one", SecretText.of(key("x"))));
    assertThat(read(changed)).isInstanceOf(Outcome.Conflict.class);
  }

  @Test
  void wantsAKeyNamedWhereThereAreSeveral() {
    assertThat(put(keys("one", "two"), Optional.empty()))
        .isEqualTo(new Refused("storage.key", "is required; there is one, two"));
    assertThat(put(keys("one", "two"), Optional.of("three")))
        .isEqualTo(new Refused("storage.key", "is no key of this gateway; there is one, two"));
    assertThat(put(keys("one", "two"), Optional.of("two"))).isEqualTo(new Stored());
    assertThat(redis("HGET", KEY, "key")).isEqualTo("two");
  }

  @Test
  void refusesWhereThereIsNoKeyAtAll() {
    assertThat(put(keys(), Optional.empty()))
        .isEqualTo(
            new Refused(
                "storage.key", "the gateway has no key: portcullis.parameters.keys is not set"));
  }

  @Test
  void saysThatNothingWasPutWhereRedisHasSomethingElseThere() {
    redis("SET", KEY, "x");
    assertThat(put("/apps/billing", "t1")).isInstanceOf(ParameterStore.Failed.class);
  }

  @ParameterizedTest
  @CsvSource({"one, '***'", "one, c2hvcnQ=", "One, ''", "'', ''"})
  void refusesAKeyThatIsNoneWithoutShowingIt(String id, String key) {
    String written = key.isEmpty() ? key("x") : key;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParameterKeys(Map.of(id, SecretText.of(written))))
        .withMessageContaining("'" + id + "'")
        .withMessageNotContaining(written);
  }
}

package dev.portcullis.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.token.PepperRing;
import dev.portcullis.gateway.token.TestTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditChainTest {
  private static final Instant AT = Instant.parse("2026-02-01T00:00:00Z");
  private static final AuditEntry ENTRY =
      new AuditEntry(
          AT,
          new Author("operator", Optional.of("t1"), Optional.of("127.0.0.1")),
          AuditAction.TOKEN_RENEW,
          false,
          Optional.of("ada"),
          Optional.of("acme"),
          Optional.of("t2"),
          Map.of("expiresAt", "a"),
          Map.of("expiresAt", "b"),
          "why");

  private final AuditChain chain = new AuditChain(TestTokens.ring());
  private final SealedEntry first = chain.seal(Link.START, ENTRY);
  private final SealedEntry second = chain.seal(first.link(), ENTRY);

  private Optional<String> flaw(Link before, String id, Map<String, String> fields) {
    return chain.flaw(before, id, fields);
  }

  @Test
  void findsNothingWrongWithWhatItSealed() {
    assertThat(flaw(Link.START, first.link().id(), first.fields())).isEmpty();
    assertThat(flaw(first.link(), second.link().id(), second.fields())).isEmpty();
    assertThat(SealedEntry.of(second.link().id(), second.fields())).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "at,2026-02-01T00:00:01Z",
    "actor,eve",
    "actorToken,t9",
    "address,10.0.0.1",
    "action,token.revoke",
    "outcome,refused",
    "principal,eve",
    "organization,other",
    "token,t9",
    "before:expiresAt,z",
    "after:expiresAt,z",
    "detail,nothing",
    "unknown,field"
  })
  void findsAFieldThatWasChangedOrAdded(String field, String value) {
    Map<String, String> changed = new TreeMap<>(second.fields());
    changed.put(field, value);
    assertThat(flaw(first.link(), second.link().id(), changed)).contains("its seal does not fit");
  }

  @Test
  void findsAFieldThatWasTakenOut() {
    Map<String, String> changed = new TreeMap<>(second.fields());
    changed.remove("detail");
    assertThat(flaw(first.link(), second.link().id(), changed)).contains("its seal does not fit");
  }

  @Test
  void findsThatTheEntryBeforeIsAnother() {
    SealedEntry other =
        chain.seal(
            Link.START,
            new AuditEntry(
                AT,
                Author.GATEWAY,
                AuditAction.TOKEN_REVOKE,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                ""));
    assertThat(flaw(other.link(), second.link().id(), second.fields()))
        .contains("its seal does not fit");
  }

  @Test
  void findsThatItStandsUnderAnotherId() {
    String later = (first.link().millis() + 1) + "-2";
    assertThat(flaw(first.link(), later, second.fields())).contains("its seal does not fit");
  }

  @Test
  void doesNotMistakeOneDivisionIntoFieldsForAnother() {
    Map<String, String> one = new TreeMap<>(second.fields());
    one.remove("detail");
    one.put("detai", "lwhy");
    assertThat(flaw(first.link(), second.link().id(), one)).contains("its seal does not fit");
  }

  @Test
  void saysThatThePepperOfASealIsGone() {
    AuditChain rotated = new AuditChain(new PepperRing(TestTokens.pepper("p2"), List.of()));
    assertThat(rotated.flaw(Link.START, first.link().id(), first.fields()))
        .contains("its seal was made under a pepper that is not in the ring");
    AuditChain both =
        new AuditChain(new PepperRing(TestTokens.pepper("p2"), List.of(TestTokens.pepper("p1"))));
    assertThat(both.flaw(Link.START, first.link().id(), first.fields())).isEmpty();
  }
}

package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyspaceCheckTest {
  private static final String CREATION = "000000000001000.t1";

  private final Map<String, String> token = new TreeMap<>();
  private final Map<String, Map<String, String>> tokens = new HashMap<>(Map.of("t1", token));
  private final Map<String, String> hashes = new HashMap<>();
  private final Map<String, Map<String, String>> principals = new HashMap<>();
  private final Map<String, Set<String>> indexes = new HashMap<>();

  @BeforeEach
  void oneTokenOfOnePrincipal() {
    principals.put("u1", Map.of("enabled", "true"));
    index("principal-ids", "u1");
    token.putAll(Map.of("id", "t1", "principal", "u1", "createdAt", "1970-01-01T00:00:01Z"));
    hashes.put("t1", "p1:abc");
    index("token-ids", "t1");
    index("principal-tokens:u1", "t1");
    index("live-by-creation", CREATION);
  }

  @Test
  void findsNothingWhereAllAgree() {
    assertThat(wrong()).isEmpty();
  }

  @Test
  void findsARecordThatAnIndexDoesNotHave() {
    indexes.remove("principal-tokens:u1");
    assertThat(wrong()).containsOnlyKeys(DrillRule.INDEXES.text());
  }

  @Test
  void findsARecordThatItsHashDoesNotLeadTo() {
    hashes.put("t1", "");
    assertThat(wrong()).containsOnlyKeys(DrillRule.INDEXES.text(), DrillRule.STRAY_MEMBERS.text());
  }

  @Test
  void findsARevokedTokenAmongTheGood() {
    token.put("revokedAt", "1970-01-01T00:00:02Z");
    assertThat(wrong()).containsOnlyKeys(DrillRule.STRAY_MEMBERS.text());
  }

  @Test
  void findsAnEndThatTheIndexDoesNotHave() {
    token.put("expiresAt", "1970-01-01T00:00:03Z");
    assertThat(wrong()).containsOnlyKeys(DrillRule.INDEXES.text());
    index("live-by-end", "000000000003000." + CREATION);
    assertThat(wrong()).isEmpty();
  }

  @Test
  void findsAPairThatIsLinkedOneWay() {
    token.put("replacedBy", "t2");
    assertThat(wrong()).containsOnlyKeys(DrillRule.PAIRS.text());
  }

  @Test
  void findsATokenThatOutlivedItsPrincipal() {
    principals.clear();
    indexes.remove("principal-ids");
    assertThat(wrong()).containsOnlyKeys(DrillRule.DELETED.text());
  }

  private void index(String key, String member) {
    indexes.computeIfAbsent(key, it -> new HashSet<>()).add(member);
  }

  private Map<String, Double> wrong() {
    Findings findings = new Findings();
    new KeyspaceCheck(new Keyspace(tokens, hashes, principals, indexes), findings).run();
    Map<String, Double> wrong = new TreeMap<>();
    findings
        .figures()
        .filter(figure -> !figure.name().startsWith("checked") && !figure.met())
        .forEach(figure -> wrong.put(figure.name(), figure.value()));
    return wrong;
  }
}

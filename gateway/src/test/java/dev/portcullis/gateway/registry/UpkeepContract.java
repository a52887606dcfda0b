package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.TokenRegistry.Census;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How tokens stand as time goes by: when they were used, how old they are, when they end. */
public abstract class UpkeepContract extends LifeContract {
  private static final Optional<String> ANY = Optional.empty();

  private List<String> list(TokenFilter filter, int limit) {
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<KeptToken> page = done(registry().tokens(filter, cursor, limit));
      page.items().forEach(it -> ids.add(it.details().id()));
      cursor = page.next();
    } while (cursor.isPresent());
    return ids;
  }

  private static TokenFilter endingBefore(Instant end) {
    return new TokenFilter(ANY, ANY, Optional.empty(), Optional.of(end), Optional.empty());
  }

  private static TokenFilter createdUntil(Instant instant) {
    return new TokenFilter(ANY, ANY, Optional.empty(), Optional.empty(), Optional.of(instant));
  }

  private Census census(Instant createdUntil, Instant endsBefore) {
    return done(registry().census(instant(), List.of(createdUntil), List.of(endsBefore)));
  }

  private static Census counted(long active, long created, long ending) {
    return new Census(active, List.of(created), List.of(ending));
  }

  @Test
  void listsThoseThatEndSoonByTheirEnd() {
    List<IssuedToken> tokens =
        IntStream.range(0, 30)
            .mapToObj(i -> create(Optional.of(NOW.plusSeconds(100 - i))))
            .toList();
    create();
    List<String> expected =
        tokens.reversed().subList(0, 10).stream().map(it -> it.token().id()).toList();
    assertThat(list(endingBefore(NOW.plusSeconds(81)), 3))
        .containsExactlyInAnyOrderElementsOf(expected);
    pass(Duration.ofSeconds(72));
    assertThat(list(endingBefore(NOW.plusSeconds(81)), 3)).hasSize(8);
  }

  @Test
  void listsThoseThatAreOldToTheMillisecond() {
    create();
    pass(Duration.ofDays(90).minusMillis(1));
    assertThat(list(createdUntil(instant().minus(Duration.ofDays(90))), 5)).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(list(createdUntil(instant().minus(Duration.ofDays(90))), 5)).hasSize(1);
  }

  @Test
  void countsThoseThatAreGood() {
    IssuedToken revoked = create();
    create(Optional.of(NOW.plusSeconds(10)));
    IssuedToken renewed = create(Optional.of(NOW.plusSeconds(10)));
    IssuedToken regenerated = create();
    done(registrar.tokens().revoke(revoked.token().id(), ANY, TestChanges.AUTHOR));
    assertThat(census(NOW.minusMillis(1), NOW.plusSeconds(10))).isEqualTo(counted(3, 0, 0));
    assertThat(census(NOW, NOW.plusSeconds(11))).isEqualTo(counted(3, 3, 2));
    done(
        registrar
            .tokens()
            .renew(renewed.token().id(), Optional.of(NOW.plusSeconds(99)), TestChanges.AUTHOR));
    done(
        registrar
            .regeneration()
            .regenerate(
                regenerated.token().id(),
                new Regeneration.Terms(Duration.ofSeconds(5), Optional.empty(), Optional.empty()),
                TestChanges.AUTHOR,
                Optional.empty()));
    assertThat(census(NOW, NOW.plusSeconds(11))).isEqualTo(counted(4, 4, 2));
    pass(Duration.ofSeconds(10));
    assertThat(census(NOW, NOW.plusSeconds(11))).isEqualTo(counted(2, 2, 0));
    assertThat(census(NOW, NOW.plusSeconds(100))).isEqualTo(counted(2, 2, 1));
  }

  @Test
  void countsByAsManyAgesAndEndsAsAreAskedForInTheirOrder() {
    create(Optional.of(NOW.plusSeconds(10)));
    pass(Duration.ofSeconds(5));
    create(Optional.of(NOW.plusSeconds(30)));
    create();
    assertThat(
            done(
                registry()
                    .census(
                        instant(),
                        List.of(instant(), NOW.minusMillis(1), NOW.plusSeconds(4)),
                        List.of(NOW.plusSeconds(31), NOW.plusSeconds(10)))))
        .isEqualTo(new Census(3, List.of(3L, 0L, 1L), List.of(2L, 0L)));
    assertThat(done(registry().census(instant(), List.of(), List.of())))
        .isEqualTo(new Census(3, List.of(), List.of()));
  }

  @Test
  void countsAnExpiredOneAgainOnceItIsRenewed() {
    IssuedToken token = create(Optional.of(NOW.plusSeconds(1)));
    pass(Duration.ofSeconds(1));
    assertThat(census(NOW, NOW.plusSeconds(99)).active()).isZero();
    done(
        registrar
            .tokens()
            .renew(token.token().id(), Optional.of(NOW.plusSeconds(50)), TestChanges.AUTHOR));
    assertThat(census(NOW, NOW.plusSeconds(99))).isEqualTo(counted(1, 1, 1));
  }

  @Test
  void notesTheLastUseAtMostOnceAMinute() {
    String id = create().token().id();
    use(id, NOW, "10.0.0.1");
    use(id, NOW.plusSeconds(59), "10.0.0.2");
    assertThat(lastUse(id)).contains(new LastUse(NOW, Optional.of("10.0.0.1")));
    use(id, NOW.plusSeconds(60), "10.0.0.3");
    assertThat(lastUse(id)).contains(new LastUse(NOW.plusSeconds(60), Optional.of("10.0.0.3")));
    assertThat(done(registry().tokens(TestChanges.ALL_TOKENS, ANY, 5)).items().getFirst().lastUse())
        .isEqualTo(lastUse(id));
  }

  private void use(String id, Instant at, String from) {
    Answers.of(registry().used(List.of(new Use(id, at, Optional.of(from)))));
  }

  private Optional<LastUse> lastUse(String id) {
    return done(registry().token(id)).lastUse();
  }
}

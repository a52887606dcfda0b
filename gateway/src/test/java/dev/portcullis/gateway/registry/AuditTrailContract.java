package dev.portcullis.gateway.registry;

import static dev.portcullis.gateway.token.Answers.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.audit.AuditAction;
import dev.portcullis.gateway.audit.AuditEntry;
import dev.portcullis.gateway.audit.AuditFilter;
import dev.portcullis.gateway.audit.Author;
import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.token.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the audit trail says, and how it is read. */
public abstract class AuditTrailContract extends LifeContract {
  static final Optional<String> ANY = Optional.empty();

  /** All entries that pass the filter, read in pages of this size. */
  List<SealedEntry> read(AuditFilter filter, int limit) {
    List<SealedEntry> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<SealedEntry> page = done(trail().entries(filter, cursor, limit));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return all;
  }

  private static AuditFilter concerning(
      Optional<String> token, Optional<String> principal, Optional<String> organization) {
    return new AuditFilter(
        token,
        principal,
        organization,
        ANY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static AuditFilter between(Instant since, Instant until) {
    return new AuditFilter(
        ANY,
        ANY,
        ANY,
        ANY,
        Optional.empty(),
        Optional.empty(),
        Optional.of(since),
        Optional.of(until));
  }

  void refuse(Author author, String token) {
    AuditEntry entry =
        new AuditEntry(
            instant(),
            author,
            AuditAction.TOKEN_READ,
            true,
            ANY,
            ANY,
            Optional.of(token),
            Map.of(),
            Map.of(),
            "404");
    assertThat(Answers.of(registry().commit(Change.refused(entry)))).isEqualTo(new Commit.Done());
  }

  @Test
  void tellsWhoDidWhatToWhomAndFromWhere() {
    IssuedToken token = create();
    AuditEntry entry = entries().getLast().entry();
    assertThat(entry.author()).isEqualTo(TestChanges.AUTHOR);
    assertThat(entry.author().address()).contains("127.0.0.1");
    assertThat(entry.action()).isEqualTo(AuditAction.TOKEN_CREATE);
    assertThat(entry.at()).isEqualTo(NOW);
    assertThat(entry.token()).contains(token.token().id());
    assertThat(entry.principal()).contains("ada");
    assertThat(entry.organization()).contains("acme");
    assertThat(entry.refused()).isFalse();
    assertThat(entry.after()).containsEntry("scopes", "dataset/*:read role:reader");
    assertThat(entry.toString()).doesNotContain(token.secret().reveal());
  }

  @Test
  void tellsOfARefusal() {
    refuse(new Author("eve", Optional.of("t1"), ANY), "nothing");
    SealedEntry last = entries().getLast();
    assertThat(last.entry().refused()).isTrue();
    assertThat(last.entry().author()).isEqualTo(new Author("eve", Optional.of("t1"), ANY));
    assertIntact();
  }

  @Test
  void readsPageByPageWhatPassesTheFilter() {
    List<String> ids = IntStream.range(0, 25).mapToObj(i -> create().token().id()).toList();
    refuse(new Author("eve", ANY, ANY), "nothing");
    refuse(new Author("eve", ANY, ANY), ids.get(7));
    assertThat(read(ALL_ENTRIES, 4)).hasSize(28);
    assertThat(read(concerning(ANY, Optional.of("ada"), ANY), 7)).hasSize(26);
    assertThat(read(concerning(ANY, ANY, Optional.of("acme")), 7)).hasSize(26);
    assertThat(read(concerning(ANY, ANY, Optional.of("other")), 7)).isEmpty();
    assertThat(read(concerning(Optional.of(ids.get(7)), ANY, ANY), 7)).hasSize(2);
    assertThat(read(concerning(Optional.of("nothing"), ANY, ANY), 7)).hasSize(1);
  }

  @Test
  void readsASpanOfTime() {
    for (int i = 0; i < 10; i++) {
      create();
      pass(Duration.ofSeconds(1));
    }
    assertThat(read(between(NOW.plusSeconds(3), NOW.plusSeconds(6)), 2)).hasSize(3);
    assertThat(read(between(NOW.plusSeconds(99), NOW.plusSeconds(199)), 2)).isEmpty();
    AuditFilter ofAda =
        new AuditFilter(
            ANY,
            Optional.of("ada"),
            ANY,
            ANY,
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOW.plusSeconds(8)),
            Optional.empty());
    assertThat(read(ofAda, 50)).hasSize(2);
  }

  @Test
  void isInOrderEvenWhenAClockGoesBack() {
    create();
    pass(Duration.ofHours(-1));
    create();
    assertThat(entries())
        .isSortedAccordingTo((a, b) -> Long.compare(a.link().number(), b.link().number()));
    assertThat(entries()).hasSize(3);
    assertIntact();
  }

  @Test
  void isVerifiedPieceByPiece() {
    IntStream.range(0, 10).forEach(i -> create());
    AuditTrail.Verification first = done(trail().verify(Optional.empty(), 4));
    assertThat(first.verified()).isEqualTo(4);
    assertThat(first.total()).isEqualTo(11);
    AuditTrail.Verification second = done(trail().verify(first.next(), 100));
    assertThat(second.verified()).isEqualTo(7);
    assertThat(second.next()).isEmpty();
    assertThat(second.flaws()).isEmpty();
    assertThat(second.through()).isEqualTo(done(trail().last()));
  }
}

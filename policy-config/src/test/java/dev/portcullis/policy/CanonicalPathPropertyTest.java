package dev.portcullis.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CanonicalPath.Canonical;
import java.net.URLDecoder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalPathPropertyTest {

  @Provide
  Arbitrary<String> hostilePaths() {
    return Arbitraries.of(
            "/", ".", "..", "%2e", "%2E", "%2f", "%5c", "\\", ";", "%3b", "%", "%25", "2e", "2f",
            "5c", "a", "B", "/a", "/b", "c/", "d", "%41", "%c3%a9", "%c0", "%ae", "%00", "%7f", "é",
            "*", "~", "%7E", "u002e")
        .list()
        .ofMaxSize(10)
        .map(parts -> "/" + String.join("", parts));
  }

  @Property(tries = 5_000)
  void theCanonicalFormIsItsOwnCanonicalForm(@ForAll("hostilePaths") String raw) {
    if (CanonicalPath.of(raw) instanceof Canonical first) {
      assertThat(CanonicalPath.of(first.path().text())).isEqualTo(first);
    }
  }

  @Property(tries = 5_000)
  void noDecodingTurnsACanonicalPathIntoAnotherPlace(@ForAll("hostilePaths") String raw) {
    if (CanonicalPath.of(raw) instanceof Canonical(CanonicalPath path)) {
      String once = decode(path.text());
      String twice = decode(once);
      for (String seen : List.of(path.text(), once, twice)) {
        assertThat(seen.split("/", -1)).doesNotContain(".", "..");
        assertThat(seen).doesNotContain("//", "\\", ";", "\u0000");
        assertThat(seen.chars().filter(c -> c == '/').count()).isEqualTo(path.segments().size());
      }
    }
  }

  @Property(tries = 5_000)
  void theSegmentsAreWhatTheTextDecodesTo(@ForAll("hostilePaths") String raw) {
    if (CanonicalPath.of(raw) instanceof Canonical(CanonicalPath path)) {
      assertThat("/" + String.join("/", path.segments())).isEqualTo(decode(path.text()));
    }
  }

  /** As an upstream would: a lone percent sign is left as it is. */
  private static String decode(String text) {
    return URLDecoder.decode(
        text.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25"), UTF_8);
  }
}

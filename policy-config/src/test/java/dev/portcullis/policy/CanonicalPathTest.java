package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CanonicalPath.Canonical;
import dev.portcullis.policy.CanonicalPath.Rejected;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/                        | /",
        "/a/b                     | /a/b",
        "/a/                      | /a/",
        "/datasets/%41            | /datasets/A",
        "/%7Euser/%2D%5f          | /~user/-_",
        "/a%20b                   | /a%20b",
        "/%e2%82%ac               | /%E2%82%AC",
        "/a%3fb%23c               | /a%3Fb%23c",
        "/.../admin               | /.../admin",
        "/..../admin              | /..../admin",
        "/..a/.hidden/a..         | /..a/.hidden/a..",
        "/a:b@c!$&'()*+,=-._~     | /a:b@c!$&'()*+,=-._~",
        "/API/x                   | /API/x",
        "/%ef%bc%8e%ef%bc%8e/x    | /%EF%BC%8E%EF%BC%8E/x",
        "/100%25                  | /100%25",
        "/100%25/x                | /100%25/x",
        "/%7Bx%7D                 | /%7Bx%7D",
      })
  void writesOneFormOfEachLawfulPath(String raw, String canonical) {
    assertThat(CanonicalPath.of(raw))
        .isInstanceOfSatisfying(
            Canonical.class, read -> assertThat(read.path().text()).isEqualTo(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "*",
        "http://evil/admin",
        "//evil/admin",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/a/.",
        "/a/..",
        "/./a",
        "/../a",
        "/a/b/c/../../d/",
        "/foo/./bar/../baz//qux/../",
        "/%2e%2e/admin",
        "/.%2E/admin",
        "/%2e/admin",
        "/datasets/A%2F..%2FB",
        "/datasets/A%2fB",
        "/datasets/A%5cB",
        "/datasets/A%5CB",
        "/datasets/A\\B",
        "/datasets/B;A",
        "/datasets/B%3bA",
        "/..;/admin",
        "/datasets/A%00B",
        "/a%0d%0ab",
        "/a%7f",
        "/a%C2%85",
        "/%252e%252e/admin",
        "/%25%32%65%25%32%65/admin",
        "/a%252Fb",
        "/a%2525",
        "/%GG/../../actuator/env",
        "/%",
        "/%4",
        "/a%",
        "/%u002e%u002e/admin",
        "/%c0%ae%c0%ae/admin",
        "/%ff",
        "/%ed%a0%80",
        "/a b",
        "/a?b",
        "/a#b",
        "/{a}",
        "/a|b",
        "/a\"b",
        "/a<b>",
        "/a^b`",
        "/é",
        "/a\tb",
        "/a\u0000b",
      })
  void hasNoFormForWhatTwoServersCouldReadInTwoWays(String raw) {
    assertThat(CanonicalPath.of(raw)).isInstanceOf(Rejected.class);
  }

  @Test
  void decodesTheSegmentsThatAreMatched() {
    assertThat(segments("/a%20b/%e2%82%ac/%2A/x%3Fy/")).containsExactly("a b", "€", "*", "x?y", "");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(CanonicalPath.of("/a/../b"))
        .isEqualTo(new Rejected("the path has a '.' or '..' segment"));
    assertThat(CanonicalPath.of("/%252e")).isEqualTo(new Rejected("the path is escaped twice"));
  }

  @Test
  void keepsARawPathThatIsCanonicalAlready() {
    String raw = "/v1/datasets/logs";

    assertThat(CanonicalPath.of(raw))
        .isInstanceOfSatisfying(
            Canonical.class, read -> assertThat(read.path().text()).isSameAs(raw));
  }

  private static List<String> segments(String raw) {
    return CanonicalPath.of(raw) instanceof Canonical(CanonicalPath path)
        ? path.segments()
        : List.of();
  }
}

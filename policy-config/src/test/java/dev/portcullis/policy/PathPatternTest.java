package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.PathPattern.Literal;
import dev.portcullis.policy.PathPattern.Rest;
import dev.portcullis.policy.PathPattern.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a/", "/**", "/v1/{data-set_2}/a%20b/**", "/%C3%A9/x:y/%7Bz%7D", "/a%25b"})
  void writesWhatItRead(String text) {
    assertThat(PathPattern.parse(text)).hasToString(text);
  }

  @Test
  void readsLiteralsVariablesAndTheRest() {
    PathPattern pattern = PathPattern.parse("/v1/{data-set_2}/a%20b/**");

    assertThat(pattern.segments())
        .containsExactly(
            new Literal("v1"), new Variable("data-set_2"), new Literal("a b"), new Rest());
    assertThat(pattern.variables()).containsExactly("data-set_2");
  }

  @Test
  void tellsATrailingSlashFromNone() {
    assertThat(PathPattern.parse("/a/").segments())
        .containsExactly(new Literal("a"), new Literal(""));
    assertThat(PathPattern.parse("/").segments()).containsExactly(new Literal(""));
    assertThat(PathPattern.parse("/**").segments()).containsExactly(new Rest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a            | a path starts with '/'",
        "/a//b        | the path has an empty segment",
        "/**/a        | '*' stands only in a '**' at the end",
        "/a/*         | '*' stands only in a '**' at the end",
        "/a**         | '*' stands only in a '**' at the end",
        "/a*/b        | '*' stands only in a '**' at the end",
        "/{a}/{a}     | the variable '{a}' stands twice",
        "/a{b}        | a variable is a whole segment",
        "/{a}b        | a variable is a whole segment",
        "/{}          | a variable is a whole segment",
        "/{1a}        | a variable is a whole segment",
        "/{a:.*}      | '*' stands only",
        "/{a:b}       | a variable is a whole segment",
        "/a/../b      | '.' or '..' segment",
        "/a%2Fb       | escapes a separator",
        "/a;b         | or ';'",
        "/a?b         | must be escaped",
        "/%252e       | escaped twice",
      })
  void refusesWhatIsNoPattern(String text, String why) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "': ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/{b}, /a/{c}, true",
    "/a/{b}, /a/b, false",
    "/a/**, /a/{b}, false",
    "/a, /a/, false",
    "/%41, /A, true",
    "/{a}, /%7Ba%7D, false",
  })
  void hasTheShapeOfAnotherWhereBothAreForTheSamePaths(String one, String other, boolean same) {
    assertThat(PathPattern.parse(one).shape().equals(PathPattern.parse(other).shape()))
        .isEqualTo(same);
  }
}

package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final String HOSTILE = "a\"b\\c<d>&'\r\n\u0000\u007f\u0085\u2028é";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "JSON         | a\\\"b\\\\c\\u003cd\\u003e&'\\u000d\\u000a\\u0000\\u007f\\u0085\\u2028é",
        "MARKUP       | a&quot;b\\c&lt;d&gt;&amp;&#39;\u2028é",
        "PLAIN        | a\"b\\c<d>&'\u2028é",
        "FIELD        | a\"b\\c<d>&'??",
        "QUOTED_FIELD | a\\\"b\\\\c<d>&'??",
      })
  void escapesWhatComesFromOutside(Escaping escaping, String escaped) {
    Template template = Template.ofBody("[${request-id}]", escaping);

    assertThat(template.render(RefusalContext.of(HOSTILE))).isEqualTo("[" + escaped + "]");
  }

  @Test
  void escapesWhatIsKnownBeforehandToo() {
    Template template = Template.ofBody("${realm}", Escaping.JSON);

    assertThat(template.fill(Map.of(Placeholder.REALM, "a\"b")).constant()).contains("a\\\"b");
  }

  @Test
  void isConstantOnceNothingIsLeftOpen() {
    Template template = Template.ofBody("${status}: ${request-id}", Escaping.PLAIN);

    assertThat(template.fill(Map.of(Placeholder.STATUS, "401")).constant()).isEmpty();
    assertThat(Template.ofBody("{\"a\": {}}", Escaping.JSON).constant()).contains("{\"a\": {}}");
  }

  @Test
  void rendersEveryPlaceholderThatARequestBrings() {
    RefusalContext context =
        new RefusalContext("r-1", Optional.of("a:b"), Optional.of(Duration.ofHours(1)));

    assertThat(
            Template.ofBody("${request-id}|${scope}|${retry-after}|$x}", Escaping.PLAIN)
                .render(context))
        .isEqualTo("r-1|a:b|3600|$x}");
  }

  @Test
  void rendersWhichLimitRefused() {
    Template template = Template.ofBody("${limit-name}: ${remaining}/${limit}", Escaping.PLAIN);
    Limit limit = Limit.parse("1000 per minute per token").bursting(50).named("few");

    assertThat(template.render(RefusalContext.of("r").by(limit, 2))).isEqualTo("few: 2/1000");
    assertThat(template.render(RefusalContext.of("r"))).isEqualTo(": 0/0");
  }

  @Test
  void keepsWhatElseIsKnownOfARefusalByALimit() {
    RefusalContext context =
        new RefusalContext("r-1", Optional.of("a:b"), Optional.of(Duration.ofSeconds(9)));

    assertThat(
            Template.ofBody("${request-id}|${scope}|${retry-after}", Escaping.PLAIN)
                .render(context.by(Limit.parse("5 per day"), 0)))
        .isEqualTo("r-1|a:b|9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`a ${scope}`                 | `a x\"y`",
        "`a=\"${scope}\", b=${scope}` | `a=\"x\\\"y\", b=x\"y`",
        "`a=\"\\\"${scope}\"`         | `a=\"\\\"x\\\"y\"`",
      })
  void knowsInAFieldWhichPlaceholdersAreQuoted(String text, String rendered) {
    RefusalContext context = new RefusalContext("r", Optional.of("x\"y"), Optional.empty());

    assertThat(Template.ofField(text).render(context)).isEqualTo(rendered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${token}", "${}", "${ status}", "${STATUS}", "${status", "\\${status}"})
  void refusesAPlaceholderThatIsNotSound(String text) {
    assertThatThrownBy(() -> Template.ofBody(text, Escaping.JSON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheKnownPlaceholdersWhereOneIsUnknown() {
    assertThatThrownBy(() -> Template.ofField("${token}"))
        .hasMessage(
            "unknown placeholder '${token}'; known are ${status}, ${title}, ${reason},"
                + " ${request-id}, ${realm}, ${scope}, ${retry-after}, ${limit}, ${remaining},"
                + " ${limit-name}");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "application/problem+json; charset=utf-8, JSON",
    "Application/JSON, JSON",
    "text/html;charset=utf-8, MARKUP",
    "application/soap+xml, MARKUP",
    "text/xml, MARKUP",
    "text/plain, PLAIN",
  })
  void choosesTheEscapingByContentType(String contentType, Escaping escaping) {
    assertThat(Escaping.ofContentType(contentType)).contains(escaping);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/javascript", "application/x-www-form-urlencoded", "text/css", ""})
  void knowsNoEscapingForOtherContentTypes(String contentType) {
    assertThat(Escaping.ofContentType(contentType)).isEmpty();
  }
}

package dev.portcullis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client has put into the log, it is one event, and forges no other. */
class LogInjectionTest {
  private static final String FORGED = "12:00:00.000  INFO forged : all is well";
  private static final List<String> BREAKS =
      List.of("\n", "\r\n", "\r", "\u0085", "\u2028", "\u000b");

  private final LoggerContext context = new LoggerContext();
  private final Properties settings = settings();

  LogInjectionTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  private static Properties settings() {
    YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("application.yaml"));
    return Objects.requireNonNull(yaml.getObject());
  }

  private LoggingEvent event(String text) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("test"),
            Level.ERROR,
            "first " + text,
            new IllegalStateException("thrown " + text),
            new Object[0]);
    event.setKeyValuePairs(List.of(new KeyValuePair("url.path", text)));
    return event;
  }

  private static String encoded(Encoder<ILoggingEvent> encoder, LoggingEvent event) {
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private Encoder<ILoggingEvent> text(String property) {
    Map<String, Supplier<Object>> words =
        Map.of("clr", ColorConverter::new, "wEx", ExtendedWhitespaceThrowableProxyConverter::new);
    context.putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, words);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(settings.getProperty(property));
    return encoder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"logging.pattern.console", "logging.pattern.file"})
  void inTextWhatFollowsTheFirstLineIsIndentedAndControlsAreGone(String property) {
    for (String lineBreak : BREAKS) {
      String written = encoded(text(property), event("x" + lineBreak + FORGED + "\u0007\u001b[2J"));
      List<String> lines = written.lines().toList();
      assertThat(lines.getFirst()).endsWith(" first x");
      assertThat(lines.subList(1, lines.size()))
          .hasSizeGreaterThan(4)
          .allSatisfy(line -> assertThat(line).startsWith("  | "))
          .anyMatch(line -> line.contains("\tat "));
      assertThat(written)
          .doesNotContain("\u0007", "\u001b[2J", "\r")
          .contains("??[2J")
          .endsWith("\n");
    }
  }

  @Test
  void inJsonItIsOneLine() {
    for (String lineBreak : BREAKS) {
      String text = "x" + lineBreak + FORGED + "\u0000\u0007\u001b\",\"a\":\"\\";
      context.putObject(Environment.class.getName(), new MockEnvironment());
      StructuredLogEncoder encoder = new StructuredLogEncoder();
      encoder.setContext(context);
      encoder.setFormat(settings.getProperty("logging.structured.format.console"));
      encoder.setCharset(StandardCharsets.UTF_8);
      String written = encoded(encoder, event(text));
      assertThat(written.strip().chars()).noneMatch(Character::isISOControl);
      JsonNode json = new JsonMapper().readTree(written);
      assertThat(json.at("/message").asString()).isEqualTo("first " + text);
      assertThat(json.at("/url/path").asString()).isEqualTo(text);
      assertThat(json.at("/error/message").asString()).isEqualTo("thrown " + text);
      assertThat(json.at("/error/stack_trace").asString()).contains("\tat ");
    }
  }
}

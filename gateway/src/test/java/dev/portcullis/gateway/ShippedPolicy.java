package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The text of a policy file that comes with the program, as an operator would start from it. */
record ShippedPolicy(String text) {
  private static final String UPSTREAM = "\nupstream: http://localhost:9000\n";

  /** The file of this API, with nothing but the upstream for {@link TestBed} to fill in. */
  static ShippedPolicy of(String api) {
    String file = "/policies/" + api + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(ShippedPolicy.class.getResourceAsStream(file), file)) {
      return new ShippedPolicy(new String(in.readAllBytes(), UTF_8))
          .with(UPSTREAM, "\nupstream: UPSTREAM\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with this text, which stands there once, changed into that. */
  ShippedPolicy with(String before, String after) {
    assertThat(text.split(Pattern.quote(before), -1)).as(before).hasSize(2);
    return new ShippedPolicy(text.replace(before, after));
  }
}

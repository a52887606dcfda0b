package dev.portcullis.gateway;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The files that say how the gateway is run, and the product that they are held against. */
final class OperationsFiles {
  /** What is bound where nothing is set. */
  static final Settings DEFAULTS = bind(Map.of(), BindHandler.DEFAULT);

  private static final Path DIRECTORY = Path.of("ops");

  private OperationsFiles() {}

  static Path path(String name) {
    return DIRECTORY.resolve(name);
  }

  static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings among these arguments, {@code --name=value}. */
  static Map<String, String> settings(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("--"))
        .map(argument -> argument.substring(2).split("=", 2))
        .collect(toMap(parts -> parts[0], parts -> parts[1]));
  }

  /** Holds that the gateway knows each of its own settings among these, and can read its value. */
  static void areKnown(Map<String, String> settings) {
    assertThatCode(() -> bind(settings, new NoUnboundElementsBindHandler(BindHandler.DEFAULT)))
        .as(settings.keySet().toString())
        .doesNotThrowAnyException();
  }

  private static Settings bind(Map<String, String> settings, BindHandler handler) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("portcullis", Bindable.of(Settings.class), handler);
  }
}

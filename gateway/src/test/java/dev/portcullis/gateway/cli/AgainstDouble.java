package dev.portcullis.gateway.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A command line in front of a control plane that answers what the test says. */
abstract class AgainstDouble {
  static final String TOKEN =
      """
      {"id":"tok1","principal":"ada","organization":null,"kind":"api","name":"nightly build",
       "description":"","scopes":["a:b"],"status":"active","createdAt":"2026-02-03T04:05:06Z",
       "createdBy":"first","expiresAt":null,"lastUsedAt":null,"tags":{"team":"x"},
       "ageFlag":false,"expiresSoon":false}\
      """;
  static final String PRINCIPAL =
      "{\"id\":\"ada\",\"kind\":\"user\",\"email\":null,\"organization\":\"acme\","
          + "\"enabled\":true,\"scopes\":[\"a:*\"]}";

  @TempDir Path directory;
  final ControlDouble control = new ControlDouble();
  CommandLineRun line = new CommandLineRun(Path.of(""));

  @BeforeEach
  void commandLine() {
    line =
        new CommandLineRun(directory)
            .against(control.uri())
            .environment("PORTCULLIS_OPERATOR_TOKEN", "operator-secret");
  }

  @AfterEach
  void stop() {
    control.close();
  }

  static String created(String secret) {
    return "{\"token\":" + TOKEN + ",\"secret\":\"" + secret + "\"}";
  }

  static String problem(String title, String detail) {
    return "{\"title\":\"" + title + "\",\"detail\":\"" + detail + "\"}";
  }
}

package dev.portcullis.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis openapi}. */
@Command(
    name = "openapi",
    description = "Shows the OpenAPI description of the control plane.",
    mixinStandardHelpOptions = true)
final class OpenApiCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final Connection connection = new Connection();

  OpenApiCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return connection.converse(
        surroundings,
        client -> client.get("/v1/openapi.json"),
        (_, description) -> surroundings.out().println(TerminalText.json(description)));
  }
}

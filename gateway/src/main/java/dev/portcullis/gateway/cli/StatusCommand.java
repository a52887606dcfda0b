package dev.portcullis.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code portcullis status}: how the gateway is, as its health endpoint has it. */
@Command(
    name = "status",
    description = {
      "Shows how the gateway is: serving, degraded, starting or stopping; and what is wrong.",
      "While it is degraded it serves what it can, and /actuator/health says DEGRADED with 200."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:serving",
      "1:degraded, starting or stopping; or the operator was refused",
      "2:not a proper command",
      "3:the control plane was not reached or could not answer"
    })
final class StatusCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  @Mixin private final Connection connection = new Connection();

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    return connection.with(
        surroundings,
        client -> {
          Reply reply = client.get("/v1/status");
          int shown = connection.show(surroundings, reply, StatusText::show);
          return reply instanceof Reply.Done(JsonNode status)
                  && !status.path("state").asString("").equals("serving")
              ? ExitCode.REFUSED
              : shown;
        });
  }
}

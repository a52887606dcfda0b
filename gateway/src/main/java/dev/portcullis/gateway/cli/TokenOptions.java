package dev.portcullis.gateway.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a new token is to be. */
final class TokenOptions {
  @Option(names = "--principal", paramLabel = "ID", required = true, description = "Its owner.")
  String principal = "";

  @Option(
      names = "--api",
      paramLabel = "NAME",
      description = "What API it is made for, whose policy says what it is like.")
  Optional<String> api = Optional.empty();

  @Option(
      names = "--kind",
      defaultValue = "api",
      description = "api, personal or access-key. Default: ${DEFAULT-VALUE}")
  String kind = "api";

  @Option(names = "--name", required = true, description = "For people.")
  String name = "";

  @Option(names = "--description", description = "For people.")
  Optional<String> description = Optional.empty();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What it may do; may be repeated. Not for a personal token.")
  List<String> scopes = List.of();

  @Mixin Lifetime lifetime = new Lifetime();

  @Option(
      names = "--allow",
      paramLabel = "CIDR",
      description = "Where it may be used from; may be repeated.")
  List<String> allowedAddresses = List.of();

  @Option(
      names = "--limit",
      paramLabel = "LIMIT",
      description = {
        "NUMBER per second|minute|hour|day [leased], such as '10 per second';",
        "may be repeated with another window. All hold, over all APIs."
      })
  List<String> limits = List.of();

  @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "May be repeated.")
  Map<String, String> tags = Map.of();

  @Option(
      names = "--store",
      paramLabel = "NAME",
      description = {
        "Of kind access-key: the parameter to put the secret in, such as /apps/billing,",
        "instead of showing it."
      })
  Optional<String> store = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "What the parameter store is to encrypt it under. Default: its usual key.")
  Optional<String> key = Optional.empty();

  /** The request that asks for it. */
  ObjectNode body() {
    ObjectNode body =
        ControlClient.JSON
            .createObjectNode()
            .put("principal", principal)
            .put("kind", kind)
            .put("name", name);
    api.ifPresent(text -> body.put("api", text));
    description.ifPresent(text -> body.put("description", text));
    lifetime.addTo(body);
    put(body, "scopes", scopes);
    put(body, "allowedAddresses", allowedAddresses);
    put(body, "limits", limits);
    store.ifPresent(
        name -> {
          ObjectNode storage = body.putObject("storage").put("name", name);
          key.ifPresent(text -> storage.put("key", text));
        });
    if (!tags.isEmpty()) {
      tags.forEach(body.putObject("tags")::put);
    }
    return body;
  }

  private static void put(ObjectNode body, String member, List<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode array = body.putArray(member);
      texts.forEach(array::add);
    }
  }
}

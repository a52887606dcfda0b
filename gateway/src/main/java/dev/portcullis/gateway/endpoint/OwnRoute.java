package dev.portcullis.gateway.endpoint;

import java.util.List;

/**
 * A route of the gateway's own.
 *
 * @param method in upper case
 * @param path pattern, begins with {@code /.portcullis/}
 * @param open whether no bearer token is asked for
 * @param scopes that a token must have, each beginning with {@code portcullis/}; none for any token
 * @param endpoint answers
 */
public record OwnRoute(
    String method, String path, boolean open, List<String> scopes, Endpoint endpoint) {
  public OwnRoute {
    scopes = List.copyOf(scopes);
  }
}

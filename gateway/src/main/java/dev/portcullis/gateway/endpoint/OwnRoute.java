package dev.portcullis.gateway.endpoint;

import java.util.List;

/**
 * A route of the gateway's own.
 *
 * @param method in upper case
 * @param path pattern, begins with {@code /.portcullis/}
 * @param open whether no bearer token is asked for
 * @param confidential whether its requests carry secrets, so that plain HTTP is refused as soon as
 *     one policy in force refuses it
 * @param scopes that a token must have, each beginning with {@code portcullis/}; none for any token
 * @param endpoint answers
 */
public record OwnRoute(
    String method,
    String path,
    boolean open,
    boolean confidential,
    List<String> scopes,
    Endpoint endpoint) {
  public OwnRoute {
    scopes = List.copyOf(scopes);
  }

  /** A route whose requests carry no secrets but the bearer token, where one is asked for. */
  public OwnRoute(
      String method, String path, boolean open, List<String> scopes, Endpoint endpoint) {
    this(method, path, open, !open, scopes, endpoint);
  }
}

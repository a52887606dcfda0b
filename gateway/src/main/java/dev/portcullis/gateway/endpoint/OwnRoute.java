package dev.portcullis.gateway.endpoint;

import java.util.List;

/**
 * A route of the gateway's own.
 *
 * @param method in upper case
 * @param path pattern, begins with {@code /.portcullis/}
 * @param access who is let in
 * @param scopes that a token must have, each beginning with {@code portcullis/}; none for any token
 * @param endpoint answers
 */
public record OwnRoute(
    String method, String path, Access access, List<String> scopes, Endpoint endpoint) {
  public OwnRoute {
    scopes = List.copyOf(scopes);
  }

  /** Who is let in. */
  public enum Access {
    /** Anybody; their requests carry no secrets. */
    ANYBODY,
    /** Whom the endpoint itself knows by what the request carries. */
    KNOWN_TO_ENDPOINT,
    /** Who shows a bearer token that has the scopes. */
    TOKEN
  }

  /** Whether the chain asks for no bearer token. */
  public boolean open() {
    return access != Access.TOKEN;
  }

  /**
   * Whether its requests carry secrets, so that plain HTTP is refused as soon as one policy in
   * force refuses it.
   */
  public boolean confidential() {
    return access != Access.ANYBODY;
  }
}

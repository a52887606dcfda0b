package dev.portcullis.gateway.proxy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * An admitted request, once it is known how it was answered. Neither its query nor its body is kept
 * of it.
 *
 * @param at when it was answered
 * @param principal whose token it showed
 * @param organization that one's
 * @param token the id of the token
 * @param notedAs the id of the token whose request this is said to be: a session's parent, or
 *     itself; empty for one that no store has, of which there is no end
 * @param client the client's address; empty when unknown
 * @param method as received
 * @param path canonical
 * @param status of the answer; {@link #NO_ANSWER} where the client was gone before there was one
 * @param route the id of its route
 */
public record ServedRequest(
    Instant at,
    String principal,
    Optional<String> organization,
    String token,
    Optional<String> notedAs,
    Optional<InetAddress> client,
    String method,
    String path,
    int status,
    String route) {
  /** In the place of a status. */
  public static final int NO_ANSWER = 0;
}

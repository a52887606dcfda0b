package dev.portcullis.gateway.token;

import java.util.List;

/**
 * The access key that a session was made with, and dies with.
 *
 * @param id public
 * @param hashes under which its record may be, the likeliest first: it moves from one to another
 *     when the current pepper changes; not empty
 */
public record Parent(String id, List<TokenHash> hashes) {
  public Parent {
    hashes = List.copyOf(hashes);
  }
}

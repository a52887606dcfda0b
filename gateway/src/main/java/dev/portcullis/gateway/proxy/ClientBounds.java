package dev.portcullis.gateway.proxy;

import java.time.Duration;
import java.util.List;

/**
 * What clients may cost.
 *
 * @param idle how long a connection may be silent between requests or, while the gateway waits for
 *     it, within a request's body
 * @param head how long a request's head may take from its first byte on, or the first one of a
 *     connection from connecting on
 * @param drain how long the rest of an already answered request's body is read and thrown away
 * @param write how long a client may take nothing of what is there for it
 * @param bodyRate bytes a second at which a body of announced length has to come; 0 for any rate
 * @param connections how many may be open at once
 * @param connectionsOfNetwork how many may be open at once of one client's network
 */
public record ClientBounds(
    Duration idle,
    Duration head,
    Duration drain,
    Duration write,
    long bodyRate,
    int connections,
    int connectionsOfNetwork) {

  /** 60, 10, 30 and 60 seconds; 256 bytes a second; 10,000 connections, 1,000 of a network. */
  public static final ClientBounds DEFAULT =
      new ClientBounds(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          256,
          10_000,
          1_000);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where no request could be served within them
   */
  public ClientBounds {
    for (Duration duration : List.of(idle, head, drain, write)) {
      if (duration.toMillis() < 1) {
        throw new IllegalArgumentException("a time of " + duration + " is none");
      }
    }
    if (bodyRate < 0 || connections < 1 || connectionsOfNetwork < 1) {
      throw new IllegalArgumentException("there is no room for a single client");
    }
  }
}

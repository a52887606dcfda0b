package dev.portcullis.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The wait for a started process to answer 200. */
final class Readiness {
  static final Duration SERVER = Duration.ofSeconds(10);
  static final Duration JVM = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(20);

  private Readiness() {}

  /**
   * Asks until the answer is 200. How long that took.
   *
   * @param authorization the header to send; empty for none
   * @throws IOException if the process ends, or the limit passes
   */
  static Duration await(Child child, URI uri, String authorization, Duration limit)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return await(child, request, limit);
  }

  /** Asks likewise with a token and an e-mail. */
  static Duration await(Child child, URI uri, Credential credential, Duration limit)
      throws IOException {
    return await(
        child,
        HttpRequest.newBuilder(uri)
            .header("Authorization", credential.authorization())
            .header("Email", credential.email()),
        limit);
  }

  private static Duration await(Child child, HttpRequest.Builder request, Duration limit)
      throws IOException {
    long start = System.nanoTime();
    request.timeout(Duration.ofSeconds(2));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String last = "";
      while (System.nanoTime() - start < limit.toNanos()) {
        child.requireAlive();
        try {
          int status =
              client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
          if (status == 200) {
            return Duration.ofNanos(System.nanoTime() - start);
          }
          last = "status " + status;
        } catch (IOException e) {
          last = e.toString();
        }
        Bench.pass(BETWEEN);
      }
      throw new IOException(child + " is not ready after " + limit + ": " + last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}

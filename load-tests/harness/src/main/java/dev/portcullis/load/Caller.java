package dev.portcullis.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A client of the data plane that sends one GET and tells when and how it was answered. */
final class Caller implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;

  Caller() {
    this(InetAddress.getLoopbackAddress());
  }

  /** Sends from this address. */
  Caller(InetAddress from) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(from)
            .executor(threads)
            .build();
  }

  /** Sends the e-mail and the token, and waits for the answer. */
  Sample get(URI uri, Credential credential) {
    return get(uri, credential.headers());
  }

  /** Sends these headers, and waits for the answer. */
  Sample get(URI uri, Map<String, String> headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(LIMIT);
    headers.forEach(builder::header);
    HttpRequest request = builder.build();
    long sent = System.nanoTime();
    int status = 0;
    try {
      status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException noAnswer) {
      status = 0;
    }
    return new Sample(sent, System.nanoTime(), status);
  }

  @Override
  public void close() {
    client.close();
    threads.close();
  }
}

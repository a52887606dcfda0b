package dev.portcullis.gateway.issuer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Fetches keys over HTTP, on threads of its own. It follows no redirects and reads 256 KiB at most.
 */
final class HttpKeySource implements KeySource {
  /** How long the whole of a fetch may take. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final long MAX_BYTES = 256 * 1024;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Duration patience;

  HttpKeySource(Duration patience) {
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  @Override
  public CompletionStage<KeySet> fetch(URI address) {
    CompletableFuture<KeySet> keys = new CompletableFuture<>();
    try {
      threads.execute(() -> fetch(address, keys));
    } catch (RejectedExecutionException e) {
      keys.completeExceptionally(e);
    }
    return keys;
  }

  private void fetch(URI address, CompletableFuture<KeySet> keys) {
    try {
      keys.complete(KeySet.parse(text(address)));
    } catch (Throwable e) {
      // An Error too: who waits for the keys would wait for ever.
      keys.completeExceptionally(e);
    }
  }

  private String text(URI address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    Future<HttpResponse<String>> sent =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_BYTES));
    try {
      // The client's own time-out ends with the head of the answer.
      HttpResponse<String> response = sent.get(patience.toNanos(), NANOSECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("the answer has status " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the gateway stops", e);
    } finally {
      sent.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}

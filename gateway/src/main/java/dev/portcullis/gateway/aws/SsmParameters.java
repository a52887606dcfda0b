package dev.portcullis.gateway.aws;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterStore;
import dev.portcullis.gateway.token.SecretText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.ssm.model.InvalidResourceIdException;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/**
 * Parameters of type SecureString in AWS Systems Manager. Each bears the id of its token as a tag,
 * and one without it is never deleted. What is an organization's is put below a name of its own.
 */
final class SsmParameters implements ParameterStore, AutoCloseable {
  /** The tag that names the token whose secret a parameter is. */
  static final String TAG = "portcullis-token";

  private static final Logger LOG = LoggerFactory.getLogger(SsmParameters.class);
  private static final int AT_ONCE = 16;

  private final SsmClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore puts = new Semaphore(AT_ONCE);
  private final Semaphore deletions = new Semaphore(AT_ONCE);
  private final Duration patience;

  /**
   * There, as whoever has these credentials.
   *
   * @param patience how long one waits for its turn
   */
  SsmParameters(AwsSettings settings, AwsCredentialsProvider credentials, Duration patience) {
    this.patience = patience;
    SsmClientBuilder builder =
        SsmClient.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.timeout())
                    .socketTimeout(settings.timeout()))
            // A second put would be told that the name is taken: by the first.
            .overrideConfiguration(
                override ->
                    override
                        .apiCallTimeout(settings.timeout())
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
    settings.endpoint().ifPresent(builder::endpointOverride);
    client = builder.build();
  }

  /** There, as whoever the SDK finds the gateway to be. */
  static SsmParameters at(AwsSettings settings) {
    return new SsmParameters(
        settings, DefaultCredentialsProvider.builder().build(), settings.timeout());
  }

  @Override
  public CompletionStage<Put> put(Parameter parameter, Optional<String> key, SecretText value) {
    Optional<String> place = parameter.organization().map("/%s/"::formatted);
    if (place.isPresent() && !parameter.name().startsWith(place.get())) {
      return CompletableFuture.completedStage(
          new Refused("storage.name", "must begin with " + place.get() + " for its organization"));
    }
    return call(puts, () -> put(parameter, key.orElse(null), value.reveal()), SsmFailures::put);
  }

  private Put put(Parameter parameter, @Nullable String key, String value) {
    try {
      client.putParameter(
          put ->
              put.name(parameter.name())
                  .type(ParameterType.SECURE_STRING)
                  .keyId(key)
                  .value(value)
                  .description("access key, put here by Portcullis")
                  .overwrite(false)
                  .tags(Tag.builder().key(TAG).value(parameter.token()).build()));
      return new Stored();
    } catch (ParameterAlreadyExistsException e) {
      return new Taken(holder(parameter.name()));
    }
  }

  /** The id of the token whose secret it is; empty where it is none of ours, or cannot be told. */
  private Optional<String> holder(String name) {
    try {
      return tag(name);
    } catch (SdkException e) {
      return Optional.empty();
    }
  }

  private Optional<String> tag(String name) {
    return client
        .listTagsForResource(
            list -> list.resourceType(ResourceTypeForTagging.PARAMETER).resourceId(name))
        .tagList()
        .stream()
        .filter(tag -> tag.key().equals(TAG))
        .map(Tag::value)
        .findFirst();
  }

  @Override
  public CompletionStage<Deletion> delete(Parameter parameter) {
    return call(
        deletions,
        () -> {
          if (tag(parameter.name()).filter(parameter.token()::equals).isEmpty()) {
            return Deletion.ABSENT;
          }
          client.deleteParameter(delete -> delete.name(parameter.name()));
          return Deletion.DELETED;
        },
        failure -> undeleted(parameter, failure));
  }

  private static Deletion undeleted(Parameter parameter, Throwable failure) {
    if (failure instanceof InvalidResourceIdException
        || failure instanceof ParameterNotFoundException) {
      return Deletion.ABSENT;
    }
    LOG.warn(
        "parameter {} of token {} could not be deleted, and may be left: {}",
        parameter.name(),
        parameter.token(),
        SsmFailures.cause(failure));
    return Deletion.LEFT;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  private <T> CompletionStage<T> call(
      Semaphore turns, Supplier<T> calls, Function<Throwable, T> failed) {
    try {
      return CompletableFuture.supplyAsync(() -> inTurn(turns, calls, failed), threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedStage(failed.apply(e));
    }
  }

  // Whatever is thrown becomes an answer: a stage of a port never fails.
  private <T> T inTurn(Semaphore turns, Supplier<T> calls, Function<Throwable, T> failed) {
    try {
      if (!turns.tryAcquire(patience.toNanos(), NANOSECONDS)) {
        return failed.apply(new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed.apply(new RejectedExecutionException(e));
    }
    try {
      return calls.get();
    } catch (RuntimeException e) {
      return failed.apply(e);
    } finally {
      turns.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }
}

package dev.portcullis.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.Parameter;
import dev.portcullis.gateway.registry.ParameterStore.Deletion;
import dev.portcullis.gateway.registry.ParameterStore.Failed;
import dev.portcullis.gateway.registry.ParameterStore.Put;
import dev.portcullis.gateway.registry.ParameterStore.Stored;
import dev.portcullis.gateway.registry.ParameterStore.Unknown;
import dev.portcullis.gateway.token.Answers;
import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long AWS is waited for, and by how many at a time. */
class SsmPatienceTest {
  private static final SecretText VALUE = SecretText.of("{}");

  private final SsmDouble aws = new SsmDouble();
  private final CountDownLatch end = new CountDownLatch(1);
  private final SsmParameters parameters = SsmParametersTest.patient(aws.uri());

  @AfterEach
  void stop() {
    end.countDown();
    parameters.close();
    aws.close();
  }

  @Test
  void waitsNoLongerThanItsTimeOut() {
    aws.on("PutParameter", exchange -> await());
    try (SsmParameters hasty = SsmParametersTest.hasty(aws.uri(), Duration.ofMillis(300))) {
      assertThat(SsmParametersTest.put(hasty)).isEqualTo(new Unknown("AWS did not answer in time"));
    }
    assertThat(aws.requests("PutParameter")).hasSize(1);
  }

  @Test
  void waitsNoLongerForAnAnswerThatTrickles() {
    aws.on(
        "PutParameter",
        exchange -> {
          exchange.sendResponseHeaders(200, 100_000);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 100_000; i++) {
            out.write(' ');
            out.flush();
            if (ended()) {
              return;
            }
          }
        });
    try (SsmParameters hasty = SsmParametersTest.hasty(aws.uri(), Duration.ofMillis(500))) {
      assertThat(SsmParametersTest.put(hasty)).isEqualTo(new Unknown("AWS did not answer in time"));
    }
  }

  private boolean ended() throws IOException {
    try {
      return end.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void await() throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void asksForNoMoreThanSixteenAtATime() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch sixteen = new CountDownLatch(16);
    aws.on(
        "PutParameter",
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          sixteen.countDown();
          try {
            sixteen.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          now.decrementAndGet();
          SsmDouble.send(exchange, 200, "{}");
        });
    List<CompletableFuture<Put>> all =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    parameters
                        .put(parameter("/acme/p" + i), Optional.empty(), VALUE)
                        .toCompletableFuture())
            .toList();
    assertThat(all.stream().map(Answers::of)).containsOnly(new Stored());
    assertThat(most).hasValueLessThanOrEqualTo(16);
  }

  private static Parameter parameter(String name) {
    return new Parameter(name, Optional.of("acme"), "t");
  }

  private CountDownLatch busyWith(String operation) {
    CountDownLatch sixteen = new CountDownLatch(16);
    aws.on(
        operation,
        exchange -> {
          sixteen.countDown();
          await();
        });
    return sixteen;
  }

  @Test
  void putsNothingWhereItsTurnDoesNotComeAndGoesOnDeleting() throws InterruptedException {
    Parameter old = parameter("/acme/old");
    Answers.of(parameters.put(old, Optional.empty(), VALUE));
    CountDownLatch sixteen = busyWith("PutParameter");
    try (SsmParameters busy = SsmParametersTest.waiting(aws.uri(), Duration.ofMillis(200))) {
      IntStream.range(0, 16)
          .forEach(i -> busy.put(parameter("/acme/p" + i), Optional.empty(), VALUE));
      assertThat(sixteen.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(SsmParametersTest.put(busy))
          .isEqualTo(new Failed("too much is asked of AWS at once"));
      assertThat(Answers.of(busy.delete(old))).isEqualTo(Deletion.DELETED);
      assertThat(aws.value(old.name())).isEmpty();
    }
  }

  @Test
  void leavesWhatItsTurnDoesNotComeToDeleteAndGoesOnPutting() throws InterruptedException {
    CountDownLatch sixteen = busyWith("ListTagsForResource");
    try (SsmParameters busy = SsmParametersTest.waiting(aws.uri(), Duration.ofMillis(200))) {
      IntStream.range(0, 16).forEach(i -> busy.delete(parameter("/acme/p" + i)));
      assertThat(sixteen.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Answers.of(busy.delete(parameter("/acme/p16")))).isEqualTo(Deletion.LEFT);
      assertThat(SsmParametersTest.put(busy)).isEqualTo(new Stored());
    }
  }
}

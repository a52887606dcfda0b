package dev.portcullis.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.registry.Parameter;
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
    try (SsmParameters hasty =
        new SsmParameters(
            SsmParametersTest.settings(aws.uri(), Duration.ofMillis(300)),
            SsmParametersTest.CREDENTIALS)) {
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
    try (SsmParameters hasty =
        new SsmParameters(
            SsmParametersTest.settings(aws.uri(), Duration.ofMillis(500)),
            SsmParametersTest.CREDENTIALS)) {
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
                        .put(
                            new Parameter("/p" + i, Optional.empty(), "t"), Optional.empty(), VALUE)
                        .toCompletableFuture())
            .toList();
    assertThat(all.stream().map(Answers::of)).containsOnly(new Stored());
    assertThat(most).hasValueLessThanOrEqualTo(16);
  }
}

package dev.portcullis.gateway.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The one HMAC that a decision contains, alone: over all of a secret but its check characters, by
 * the class and method by which the chain has it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HmacBenchmark {
  private Pepper pepper = Pepper.of("p1", new byte[Pepper.MIN_BYTES]);
  private byte[] text = {};

  /** Mints a secret under a new pepper. */
  @Setup
  public void mint() {
    byte[] key = new byte[Pepper.MIN_BYTES];
    new SecureRandom().nextBytes(key);
    pepper = Pepper.of("p1", key);
    String secret = new PepperRing(pepper, List.of()).mint("pc_", Salt.fresh()).secret().reveal();
    text =
        secret
            .substring(0, secret.length() - CheckCharacters.LENGTH)
            .getBytes(StandardCharsets.UTF_8);
  }

  /** 32 bytes. */
  @Benchmark
  public byte[] hmac() {
    return pepper.hmac(text);
  }
}

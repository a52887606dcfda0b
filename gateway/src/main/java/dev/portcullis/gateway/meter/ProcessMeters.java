package dev.portcullis.gateway.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The meters of the process and of the libraries, as Prometheus' rules want them. */
public final class ProcessMeters implements MeterBinder {
  private static final double NANOS = 1e9;

  /** Two are in nanoseconds and milliseconds; the third has neither a description nor a use. */
  private static final Set<String> LEFT_OUT =
      Set.of("process.cpu.time", "jvm.compilation.time", "http.server.requests.active");

  /** A name that ends in {@code count} is a histogram's. */
  private static final Map<String, String> RENAMED = Map.of("system.cpu.count", "system.cpus");

  private static final Map<String, String> DESCRIBED =
      Map.of("http.server.requests", "Time the control plane took to answer");

  /** What leaves out, renames and describes the libraries' own meters. */
  public static MeterFilter lawful() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        return LEFT_OUT.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
      }

      @Override
      public Meter.Id map(Meter.Id id) {
        return new Meter.Id(
            RENAMED.getOrDefault(id.getName(), id.getName()),
            Tags.of(id.getTagsAsIterable()),
            id.getBaseUnit(),
            DESCRIBED.getOrDefault(id.getName(), id.getDescription()),
            id.getType());
      }
    };
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("process.cpu", ProcessHandle.current(), ProcessMeters::cpuSeconds)
        .baseUnit("seconds")
        .description("Time that processors spent on this process")
        .register(registry);
  }

  private static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / NANOS;
  }
}

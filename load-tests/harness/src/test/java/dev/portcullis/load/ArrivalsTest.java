package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {

  @Test
  void areThoseOfOnePathInTheirOrder(@TempDir Path directory) throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "1.250 /a\n1.000 /a\n1.100 /b\n");
    assertThat(Arrivals.read(log, "/a")).isEqualTo(new Arrivals(List.of(1_000L, 1_250L)));
  }

  @Test
  void leaveOutWhatCameBefore() {
    assertThat(new Arrivals(List.of(999L, 1_000L, 1_001L)).after(1_000).count()).isEqualTo(2);
  }

  @Test
  void haveTheirMostWhereverTheSecondBegins() {
    Arrivals arrivals = new Arrivals(List.of(0L, 900L, 950L, 1_000L, 1_899L, 1_900L));
    assertThat(arrivals.most(Duration.ofSeconds(1))).isEqualTo(4);
    assertThat(new Arrivals(List.of()).most(Duration.ofSeconds(1))).isZero();
  }

  @Test
  void needABucketForWhatCameAboveTheRate() {
    List<Long> even = Stream.iterate(0L, at -> at + 100).limit(50).toList();
    assertThat(new Arrivals(even).burst(10)).isEqualTo(1);
    assertThat(new Arrivals(List.of(0L, 0L, 0L, 200L, 200L)).burst(10)).isEqualTo(3);
    assertThat(new Arrivals(List.of(0L, 0L, 0L, 200L, 200L, 200L)).burst(10)).isEqualTo(4);
    assertThat(new Arrivals(List.of()).burst(10)).isZero();
  }

  @Test
  void areCountedByWholeSeconds() {
    Arrivals arrivals = new Arrivals(List.of(900L, 1_000L, 1_999L, 2_000L, 4_000L));
    Percentiles each = arrivals.bySecond(1_000, Duration.ofMillis(3_400));
    assertThat(each.count()).isEqualTo(3);
    assertThat(each.min()).isZero();
    assertThat(each.median()).isEqualTo(1);
    assertThat(each.max()).isEqualTo(2);
    assertThat(each.mean()).isEqualTo(1);
  }
}

package dev.portcullis.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyKindTest {

  @ParameterizedTest
  @CsvSource({
    "HGETALL {portcullis}:token:p1:abc, hgetall {portcullis}:token:*",
    "hgetall {portcullis}:principal:ann, hgetall {portcullis}:principal:*",
    "EVALSHA 0a1b 1 {portcullis}:token:p1:abc, evalsha {portcullis}:token:*",
    "GET {portcullis}:version, get {portcullis}:version",
    "PING, ping",
  })
  void namesTheCommandAndTheKindOfKey(String command, String expected) {
    assertThat(KeyKind.of(List.of(command.split(" ")))).isEqualTo(expected);
  }
}

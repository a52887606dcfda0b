package dev.portcullis.gateway.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.SecretText;
import dev.portcullis.gateway.token.TokenHash;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The import of other systems' tokens, wherever they are kept. */
public abstract class ImportContract extends ControlPlaneKit {
  private static final String PATH = "/v1/tokens/import";

  private static String sha256(String secret) {
    try {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(String principal, String sha256, String more) {
    return "{\"sha256\":\"%s\",\"principal\":\"%s\",\"name\":\"old\",\"scopes\":[\"dataset/a:read\"]%s}\n"
        .formatted(sha256, principal, more);
  }

  private static List<String> statuses(Asker.Answer answer) {
    return answer.lines().stream()
        .filter(it -> it.has("status"))
        .map(it -> it.get("status").asString())
        .toList();
  }

  @Test
  void takesATokenOverByTheHashOfItsSecret() {
    String owner = principal("acme");
    String hash = sha256("their secret " + owner);
    Asker.Answer answer =
        operator.lines(
            PATH,
            line(
                owner,
                hash.toUpperCase(Locale.ROOT),
                ",\"createdAt\":\"2024-01-01T00:00:00Z\",\"tags\":{\"from\":\"stax\"}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
    JsonNode first = answer.lines().getFirst();
    assertThat(first.get("line").asInt()).isEqualTo(1);
    assertThat(first.get("status").asString()).isEqualTo("created");
    assertThat(answer.lines().getLast().toString())
        .isEqualTo("{\"created\":1,\"exists\":0,\"refused\":0,\"failed\":0}");
    Asker.Answer token = operator.get("/v1/tokens/" + first.get("id").asString());
    assertThat(token.at("/kind")).isEqualTo("api");
    assertThat(token.at("/createdAt")).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(token.json().get("ageFlag").asBoolean()).isTrue();
    TokenHash kept =
        ControlPlane.PEPPERS.candidates(SecretText.of("their secret " + owner), true).getFirst();
    assertThat(store().token(kept).toCompletableFuture().join()).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void changesNothingTheSecondTime() {
    String owner = principal("acme");
    String lines = line(owner, sha256(owner + 1), "") + line(owner, sha256(owner + 2), "");
    Asker.Answer first = operator.lines(PATH, lines);
    Asker.Answer second = operator.lines(PATH, lines);
    assertThat(statuses(first)).containsExactly("created", "created");
    assertThat(statuses(second)).containsExactly("exists", "exists");
    assertThat(second.lines().getFirst().get("id")).isEqualTo(first.lines().getFirst().get("id"));
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(2);
  }

  @Test
  void makesOneTokenOfTwoLinesWithOneHash() {
    String owner = principal("acme");
    String line = line(owner, sha256(owner), "");
    assertThat(statuses(operator.lines(PATH, line + line)))
        .containsExactlyInAnyOrder("created", "exists");
  }

  @Test
  void neverGivesTheSecretOfAnEndedTokenNewLife() {
    String owner = principal("acme");
    String line = line(owner, sha256(owner), "");
    String id = operator.lines(PATH, line).lines().getFirst().get("id").asString();
    operator.delete("/v1/tokens/" + id);
    assertThat(statuses(operator.lines(PATH, line))).containsExactly("exists");
    assertThat(operator.get("/v1/tokens/" + id).at("/status")).isEqualTo("revoked");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]} | sha256",
        "{\"sha256\":\"00\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]} |"
            + " sha256",
        "{\"sha256\":\"SHAx\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]} |"
            + " sha256",
        "{\"sha256\":7,\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]} | sha256",
        "{\"sha256\":\"SHA\",\"principal\":\"nobody\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]}"
            + " | principal",
        "{\"sha256\":\"SHA\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"]} | principal",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"scopes\":[\"dataset/a:b\"]} | name",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\"} | scopes",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"org:b\"]} |"
            + " scopes[0]",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"],"
            + "\"createdAt\":\"2099-01-01T00:00:00Z\"} | createdAt",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"],"
            + "\"expiresAt\":\"2020-01-01T00:00:00Z\"} | expiresAt",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"],"
            + "\"kind\":\"session\"} | kind",
        "{\"sha256\":\"SHA\",\"principal\":\"P\",\"name\":\"n\",\"scopes\":[\"dataset/a:b\"],"
            + "\"secret\":\"x\"} | secret",
        "not json | ``",
        "[] | ``",
        "{\"sha256\":\"SHA\",\"sha256\":\"SHA\"} | ``",
      })
  void tellsOfEachLineWhatIsWrongAndGoesOn(String text, String field) {
    String owner = principal("acme");
    String bad = text.replace("SHA", sha256("a" + owner)).replace("\"P\"", "\"" + owner + "\"");
    String good = line(owner, sha256("b" + owner), "");
    Asker.Answer answer = operator.lines(PATH, bad + "\n" + good);
    JsonNode refused = answer.lines().getFirst();
    assertThat(refused.get("status").asString()).isEqualTo("refused");
    assertThat(refused.at("/errors/0/field").asString()).isEqualTo(field);
    assertThat(statuses(answer)).containsExactly("refused", "created");
    assertThat(answer.lines().getLast().toString())
        .isEqualTo("{\"created\":1,\"exists\":0,\"refused\":1,\"failed\":0}");
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void countsBlankLinesAndSkipsThemAndReadsALastLineWithoutItsEnd() {
    String owner = principal("acme");
    String first = line(owner, sha256(owner + 1), "").replace("\n", "\r\n");
    Asker.Answer answer =
        operator.lines(PATH, "\n \r\n" + first + "\n" + line(owner, sha256(owner + 2), "").trim());
    assertThat(answer.lines().stream().limit(2).map(it -> it.get("line").asInt()))
        .containsExactly(3, 5);
  }

  @Test
  void refusesALineThatIsTooLongAndGoesOn() {
    String owner = principal("acme");
    String fits = " ".repeat(65536 - line(owner, sha256("f"), "").length() + 1);
    String longest = fits + line(owner, sha256("f" + owner), "");
    String tooLong = fits + " " + line(owner, sha256("l" + owner), "");
    Asker.Answer answer =
        operator.lines(
            PATH, tooLong + longest + "x".repeat(1 << 20) + "\n" + line(owner, sha256(owner), ""));
    assertThat(statuses(answer)).containsExactly("refused", "created", "refused", "created");
  }

  @Test
  void answersThousandsOfLinesInTheirOrder() {
    String owner = principal("acme");
    String lines =
        IntStream.range(0, 3000)
            .mapToObj(i -> line(owner, sha256(owner + i), ""))
            .collect(Collectors.joining());
    Asker.Answer answer = operator.lines(PATH, lines);
    List<Integer> numbers =
        answer.lines().stream()
            .filter(it -> it.has("line"))
            .map(it -> it.get("line").asInt())
            .toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, 3000).boxed().toList());
    assertThat(answer.lines().getLast().get("created").asInt()).isEqualTo(3000);
  }

  @Test
  void answersAnEmptyImport() {
    assertThat(operator.lines(PATH, "").response().body())
        .isEqualTo("{\"created\":0,\"exists\":0,\"refused\":0,\"failed\":0}\n");
  }

  @Test
  void takesLinesOnly() {
    operator.post(PATH, "{}").isRefusal(415);
  }

  @Test
  void takesNothingMoreFromAnOperatorWhoWasDisabledMeanwhile() throws IOException {
    String owner = principal("acme");
    String agent = principal("acme", "portcullis/tokens:import");
    String secret =
        operator
            .post(
                "/v1/tokens",
                "{\"principal\":\"%s\",\"kind\":\"personal\",\"name\":\"n\"}".formatted(agent))
            .at("/secret");
    CompletableFuture<Asker.Answer> answer;
    try (PipedOutputStream sent = new PipedOutputStream()) {
      answer = asking(secret).lines(PATH, new PipedInputStream(sent, 65536));
      // The client sends by the buffer, so the rest of the buffer is blank lines.
      sent.write(line(owner, sha256(owner + 1), "").getBytes(UTF_8));
      sent.write("\n".repeat(40_000).getBytes(UTF_8));
      sent.flush();
      await()
          .untilAsserted(
              () -> assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1));
      operator.patch("/v1/principals/" + agent, "{\"enabled\":false}");
      await()
          .untilAsserted(
              () -> assertThat(asking(secret).get("/v1/tokens").status()).isEqualTo(401));
      sent.write(line(owner, sha256(owner + 2), "").getBytes(UTF_8));
    }
    assertThat(statuses(answer.join())).containsExactly("created", "refused");
    assertThat(operator.get("/v1/tokens?principal=" + owner).ids()).hasSize(1);
  }

  @Test
  void importsWithinTheOperatorsOrganizationAndRights() {
    String theirs = principal("other");
    String known = line(theirs, sha256("known " + theirs), "");
    operator.lines(PATH, known);
    Asker delegate = delegate("acme", "portcullis/tokens:import");
    String own = principal("acme", "portcullis/audit:read", "dataset/*:*");
    Asker.Answer answer =
        delegate.lines(
            PATH,
            known
                + line("nobody", sha256("known " + theirs), "")
                + line(own, sha256("known " + theirs), "")
                + line(own, sha256(own), "").replace("dataset/a:read", "portcullis/audit:read")
                + line(own, sha256(own), ",\"kind\":\"personal\"")
                    .replace("\"scopes\":[\"dataset/a:read\"],", ""));
    assertThat(statuses(answer))
        .containsExactly("refused", "refused", "refused", "refused", "refused");
    assertThat(answer.lines().get(0).get("errors")).isEqualTo(answer.lines().get(1).get("errors"));
    assertThat(answer.lines().get(2).at("/errors/0/field").asString()).isEqualTo("sha256");
    assertThat(answer.lines().get(3).at("/errors/0/field").asString()).isEqualTo("scopes[0]");
    assertThat(answer.lines().get(4).at("/errors/0/field").asString()).isEqualTo("principal");
    assertThat(answer.response().body()).doesNotContain("\"id\"", theirs);
  }
}

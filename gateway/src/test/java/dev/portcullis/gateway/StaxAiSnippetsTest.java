package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gateway.control.Asker;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs in Stax.ai's document, run as they stand there, but for the address and the e-mail,
 * which the document masks. The key in them is imported by its SHA-256.
 */
@ExtendWith(FiveSystems.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaxAiSnippetsTest {
  private static final String KEY = "w3i21te088qskae7p54nt7gm48ajqb2606f5801s";
  private static final String EMAIL = "eve@team.example";
  private static final String FAILURE = "Invalid authorization request";

  private static final String CURL =
      """
      curl -i -H "Email: [email protected]" \\
              -H "Authorization: Bearer w3i21te088qskae7p54nt7gm48ajqb2606f5801s" \\
              https://api.stax.ai
      """;

  private static final String NODE =
      """
      import axios from 'axios';

      const res = await axios.get('https://api.stax.ai', {
          headers: {
              Email: '[email protected]',
              Authorization: 'Bearer w3i21te088qskae7p54nt7gm48ajqb2606f5801s'
          }
      });
      """;

  private static final String PYTHON =
      """
      import requests

      res = requests.get("https://api.stax.ai", headers={
          "Email": "[email protected]",
          "Authorization": "Bearer w3i21te088qskae7p54nt7gm48ajqb2606f5801s"
      })
      """;

  private final TestBed bed;

  StaxAiSnippetsTest(TestBed bed) {
    this.bed = bed;
    bed.user("stax-ai-eve", "\"email\":\"" + EMAIL + "\",\"scopes\":[\"role:team-administrator\"]");
    Asker.Answer imported =
        bed.gateway()
            .operator()
            .lines(
                "/v1/tokens/import",
                "{\"sha256\":\"%s\",\"principal\":\"stax-ai-eve\",\"name\":\"documented\","
                        .formatted(sha256(KEY))
                    + "\"scopes\":[\"role:team-administrator\"]}\n");
    assertThat(imported.response().body()).contains("created");
  }

  @Test
  @DisplayName("For example, a curl request may look like: ...")
  void servesTheCurlExample(@TempDir Path directory) {
    Snippet snippet = new Snippet(List.of(ClientProgram.curl()), directory, CURL, "");

    assertThat(snippet.run()).contains("HTTP/1.1 200 OK", "done");
    assertThat(snippet.runWithoutKey()).contains("HTTP/1.1 200 OK", "\"authError\": true", FAILURE);
  }

  @Test
  @DisplayName("Javascript/Node.JS Example with Axios")
  void servesTheNodeExample(@TempDir Path directory) {
    Snippet snippet =
        new Snippet(
            List.of(ClientProgram.node()),
            directory,
            NODE,
            "console.log(res.status, res.data.error ?? res.data);");

    assertThat(snippet.run()).isEqualTo("200 done\n");
    assertThat(snippet.runWithoutKey()).isEqualTo("200 " + FAILURE + "\n");
  }

  @Test
  @DisplayName("Python Example with requests")
  void servesThePythonExample(@TempDir Path directory) {
    Snippet snippet =
        new Snippet(
            ClientProgram.pythons(),
            directory,
            PYTHON,
            "print(res.status_code, res.json()['error'] if 'authError' in res.text else res.text)");

    assertThat(snippet.run()).isEqualTo("200 done\n");
    assertThat(snippet.runWithoutKey()).isEqualTo("200 " + FAILURE + "\n");
  }

  /** A snippet of the document, of which only the address and the masked e-mail are changed. */
  private final class Snippet {
    private final List<ClientProgram> programs;
    private final Path directory;
    private final String script;

    Snippet(List<ClientProgram> programs, Path directory, String documented, String more) {
      this.programs = programs;
      this.directory = directory;
      this.script =
          documented
                  .replace("https://api.stax.ai", "http://127.0.0.1:" + bed.gateway().port())
                  .replace("[email protected]", EMAIL)
              + more
              + "\n";
    }

    String run() {
      bed.upstream().resetRequests();
      String printed = ClientProgram.run(programs, directory, script);
      assertThat(bed.upstream().getAllServeEvents())
          .singleElement()
          .extracting(event -> event.getRequest().getHeader("X-Auth-Email"))
          .isEqualTo(EMAIL);
      return printed;
    }

    String runWithoutKey() {
      return ClientProgram.run(programs, directory, script.replace(KEY, KEY.replace('w', 'W')));
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

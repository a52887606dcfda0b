package dev.portcullis.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The file that a new secret is kept in, {@code APIKey-<name>-<created date>.key}, mode 0600. */
final class KeyFile {
  private static final int MOST_OF_ONE_NAME = 99;
  private static final int LONGEST_NAME = 64;
  private static final int DATE = 10;

  /** What became of it. */
  sealed interface Result {}

  /** The secret is in this file. */
  record Saved(Path path) implements Result {}

  /**
   * The secret is in no file.
   *
   * @param cause for people
   */
  record NotSaved(String cause) implements Result {}

  private KeyFile() {}

  /** Keeps the secret of a new token; a file that is there already is left alone. */
  static Result save(Path directory, JsonNode created) {
    String text = text(created);
    if (text.isEmpty()) {
      return new NotSaved("the answer holds no secret");
    }
    JsonNode token = created.path("token");
    String stem =
        "APIKey-"
            + safe(token.path("name").asString("token"), LONGEST_NAME)
            + "-"
            + safe(token.path("createdAt").asString("undated"), DATE);
    for (int number = 1; number <= MOST_OF_ONE_NAME; number++) {
      Path path = directory.resolve(stem + (number == 1 ? "" : "-" + number) + ".key");
      try {
        write(path, text);
        return new Saved(path);
      } catch (FileAlreadyExistsException e) {
        // The next name may be free.
      } catch (IOException e) {
        return new NotSaved(e.toString());
      }
    }
    return new NotSaved("there are too many files " + stem + "-*.key");
  }

  private static void write(Path path, String text) throws IOException {
    OutputStream out = OwnerOnlyFile.create(path);
    try (out) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static String text(JsonNode created) {
    if (created.path("secret").isString()) {
      return created.get("secret").asString() + "\n";
    }
    return created.path("secretKey").isString()
        ? "accessKey="
            + created.path("accessKey").asString("")
            + "\nsecretKey="
            + created.get("secretKey").asString()
            + "\n"
        : "";
  }

  /** What is left is no path, no option and no hidden file, whatever the name is. */
  private static String safe(String text, int longest) {
    String safe = text.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]+", "_");
    return safe.isEmpty() ? "_" : safe.substring(0, Math.min(longest, safe.length()));
  }
}

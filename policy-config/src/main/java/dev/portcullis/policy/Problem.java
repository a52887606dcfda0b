package dev.portcullis.policy;

/**
 * Something wrong in a policy file.
 *
 * @param file as given to the reader
 * @param line from 1
 * @param path where in the document, for example {@code routes[2].scopes[0]}
 * @param message what is wrong and what would be right
 */
public record Problem(String file, int line, String path, String message) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}

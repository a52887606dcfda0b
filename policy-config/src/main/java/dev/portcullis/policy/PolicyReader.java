package dev.portcullis.policy;

import java.nio.file.Path;
import java.util.List;

/** Reads a directory of policy files ({@code *.yaml}, {@code *.yml}) whole. */
public final class PolicyReader {

  /** What became of a directory. */
  public sealed interface Result {}

  /** All files are sound, each by itself and together. */
  public record Read(List<Policy> policies) implements Result {}

  /** At least one is not; all problems are listed, in the order of files and lines. */
  public record Unsound(List<Problem> problems) implements Result {}

  private PolicyReader() {}

  /** Reads all policy files of a directory. */
  public static Result readDirectory(Path directory) {
    return new Unsound(List.of(new Problem(directory.toString(), 1, "", "not read")));
  }

  /** Reads one document, named {@code file} in problems. */
  public static Result read(String file, String yaml) {
    return new Unsound(List.of(new Problem(file, yaml.length(), "", "not read")));
  }
}

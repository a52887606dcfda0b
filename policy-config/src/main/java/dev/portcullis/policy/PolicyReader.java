package dev.portcullis.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a directory of policy files ({@code *.yaml}, {@code *.yml}) whole. */
public final class PolicyReader {
  private static final String DEMO = "policies/demo.yaml";

  /** What became of a directory. */
  public sealed interface Result {}

  /**
   * All files are sound, each by itself and together.
   *
   * @param policies sorted by API name, at least one
   * @param warnings what {@link PolicyLint} says of them, in the order of files and lines
   */
  public record Read(List<Policy> policies, List<Problem> warnings) implements Result {
    public Read {
      policies = List.copyOf(policies);
      warnings = List.copyOf(warnings);
    }
  }

  /** At least one is not; all problems are listed, in the order of files and lines. */
  public record Unsound(List<Problem> problems) implements Result {
    public Unsound {
      problems = List.copyOf(problems);
    }
  }

  private PolicyReader() {}

  /** Reads all policy files of a directory, not of those below it. */
  public static Result readDirectory(Path directory) {
    Problems problems = new Problems();
    Map<String, String> texts = new LinkedHashMap<>();
    Place whole = new Place(directory.toString(), 1, "");
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path file : entries.filter(PolicyReader::isPolicyFile).sorted().toList()) {
        load(file, texts, problems);
      }
      if (texts.isEmpty() && problems.count() == 0) {
        problems.add(whole, "the directory has no policy file (*.yaml, *.yml)");
      }
    } catch (IOException | UncheckedIOException e) {
      problems.add(whole, "the directory cannot be read: " + e);
    }
    return read(texts, problems);
  }

  /** Reads one document, named {@code file} in problems. */
  public static Result read(String file, String yaml) {
    return read(Map.of(file, yaml), new Problems());
  }

  /** Reads the policy of the demo that comes with the program. */
  public static Result readDemo() {
    try (InputStream in =
        Objects.requireNonNull(
            PolicyReader.class.getClassLoader().getResourceAsStream(DEMO), DEMO)) {
      return read(DEMO, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Result read(Map<String, String> texts, Problems problems) {
    List<PolicyFile> files =
        texts.entrySet().stream()
            .flatMap(text -> PolicyFile.read(text.getKey(), text.getValue(), problems).stream())
            .toList();
    Uniqueness.check(files, problems);
    if (problems.count() > 0) {
      return new Unsound(problems.sorted());
    }
    List<Policy> policies =
        files.stream()
            .flatMap(file -> file.policy().stream())
            .sorted(Comparator.comparing(Policy::api))
            .toList();
    return new Read(policies, PolicyLint.warnings(files));
  }

  private static void load(Path file, Map<String, String> texts, Problems problems) {
    Place whole = new Place(file.toString(), 1, "");
    try {
      if (Files.size(file) > YamlTree.MAX_LENGTH) {
        problems.add(whole, YamlTree.TOO_LARGE);
      } else {
        texts.put(file.toString(), Files.readString(file));
      }
    } catch (CharacterCodingException e) {
      problems.add(whole, "the file is not UTF-8");
    } catch (IOException e) {
      problems.add(whole, "the file cannot be read: " + e);
    }
  }

  private static boolean isPolicyFile(Path file) {
    String name = String.valueOf(file.getFileName());
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
  }
}

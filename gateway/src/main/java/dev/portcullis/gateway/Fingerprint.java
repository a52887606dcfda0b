package dev.portcullis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What tells, without reading them, whether the files of a directory have changed. Links are
 * followed, so that a directory whose files are swapped by relinking is seen to change.
 *
 * @param files by path
 */
record Fingerprint(Map<Path, State> files) {

  record State(FileTime modified, long size) {}

  static Fingerprint of(Path directory) throws IOException {
    Map<Path, State> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        files.put(path, new State(attributes.lastModifiedTime(), attributes.size()));
      }
    }
    return new Fingerprint(files);
  }
}

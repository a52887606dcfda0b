package dev.portcullis.gateway.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A new file that only its owner may open (mode 0600), from its first byte. */
final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * Creates it.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one; it is left alone
   * @throws IOException when it cannot be made so
   */
  static OutputStream create(Path path) throws IOException {
    try {
      return new BufferedOutputStream(
          Channels.newOutputStream(
              Files.newByteChannel(
                  path,
                  Set.of(CREATE_NEW, WRITE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")))));
    } catch (UnsupportedOperationException e) {
      throw new IOException(path + " is where files cannot be kept for one owner", e);
    }
  }
}

package dev.portcullis.gateway.control;

import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The file in which a gateway that was given no operator token keeps the one it made. */
public final class OperatorTokenFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final int RANDOM_BYTES = 32;

  private OperatorTokenFile() {}

  /**
   * Reads the token from the file; where there is none makes both, readable by their owner only.
   *
   * @throws IllegalStateException with a message for people, without the token, when the file may
   *     be read by others or holds no token
   * @throws IOException when the file cannot be read or made
   */
  public static OperatorToken readOrCreate(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    return read(file);
  }

  private static void create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    // Born with its permissions: there is no moment at which others could open it.
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its token is the one to read.
    }
  }

  private static OperatorToken read(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER_"))) {
      throw new IllegalStateException(
          file
              + " holds the operator token and is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 600 it, or delete it to have a new one made");
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    try {
      return OperatorToken.of(SecretText.of(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file + ": " + e.getMessage() + "; delete the file to have a new one made", e);
    }
  }
}

package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * A file that holds one secret of 32 random bytes, in base64, for its owner only (mode 0600).
 *
 * @param path where it is
 */
record SecretFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final int RANDOM_BYTES = 32;

  /**
   * The secret; made together with the file where there is none.
   *
   * @throws IllegalStateException with a message for people, when others may open the file
   */
  SecretText readOrCreate() throws IOException {
    if (!Files.exists(path)) {
      create();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new IllegalStateException(
          path
              + " holds a secret and is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 600 it, and change the secret if others may have read it");
    }
    return SecretText.of(Files.readString(path, US_ASCII).strip());
  }

  private void create() throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    byte[] text = (Base64.getEncoder().encodeToString(random) + "\n").getBytes(US_ASCII);
    // Born with its permissions: there is no moment at which others could open it.
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      channel.write(ByteBuffer.wrap(text));
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secret is the one to read.
    }
  }
}

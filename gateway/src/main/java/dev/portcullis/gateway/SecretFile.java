package dev.portcullis.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.portcullis.gateway.token.SecretText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds one secret, for its owner only (mode 0600).
 *
 * @param path where it is
 */
record SecretFile(Path path) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final int RANDOM_BYTES = 32;

  /**
   * The secret; where there is no file, 32 random bytes in base64, kept in a new one.
   *
   * @throws StartRefusedException when others may open the file
   */
  SecretText readOrCreate() {
    Optional<SecretText> known = read();
    if (known.isPresent()) {
      return known.get();
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    create(SecretText.of(Base64.getEncoder().encodeToString(random)));
    return read().orElseThrow();
  }

  /**
   * The secret, where there is a file.
   *
   * @throws StartRefusedException when others may open the file
   */
  Optional<SecretText> read() {
    try {
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new StartRefusedException(
            path
                + " holds a secret and is open to others: "
                + PosixFilePermissions.toString(permissions),
            "chmod 600 it; or delete it to have a new secret made, if others may have read it.");
      }
      return Optional.of(SecretText.of(Files.readString(path, US_ASCII).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts this secret in the file, in place of another. */
  void replace(SecretText secret) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    create(secret);
  }

  private void create(SecretText secret) {
    byte[] text = (secret.reveal() + "\n").getBytes(US_ASCII);
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      // Born with its permissions: there is no moment at which others could open it.
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              path, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        channel.write(ByteBuffer.wrap(text));
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster; its secret is the one to read.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

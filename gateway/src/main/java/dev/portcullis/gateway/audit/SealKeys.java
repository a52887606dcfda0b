package dev.portcullis.gateway.audit;

import java.util.Optional;

/** The secret keys under which entries are sealed. */
public interface SealKeys {

  /** The id of the key for new seals. */
  String current();

  /** A message authentication code of 32 bytes; empty where there is no key with this id. */
  Optional<byte[]> mac(String keyId, byte[] message);
}

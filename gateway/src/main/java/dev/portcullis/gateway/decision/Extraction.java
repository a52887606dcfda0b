package dev.portcullis.gateway.decision;

import dev.portcullis.gateway.token.SecretText;

/** What the credential carriers of a policy held in one request. */
sealed interface Extraction {

  /** Exactly one carrier held something that can be a token. */
  record Found(SecretText secret) implements Extraction {}

  /** No carrier held anything. */
  record Absent() implements Extraction {}

  /** A carrier held something that cannot be a token. */
  record Malformed(String detail) implements Extraction {}

  /** More than one token, or one told in two ways (RFC 6750, section 2). */
  record Ambiguous(String detail) implements Extraction {}
}

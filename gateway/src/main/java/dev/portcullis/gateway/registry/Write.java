package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.TokenHash;
import java.time.Instant;
import java.util.List;

/** One part of a {@link Change}. What it takes for granted is checked when the change is made. */
public sealed interface Write {

  /** Takes for granted that there is none with this id. */
  record AddPrincipal(Principal principal) implements Write {}

  /**
   * Takes for granted that it still is as it was before. Where it is enabled after, a deletion that
   * was begun is taken back.
   */
  record ReplacePrincipal(Principal before, Principal after) implements Write {}

  /**
   * Disables it and has it known that its deletion was begun. Takes for granted that it still is as
   * it was before.
   *
   * @param at when
   */
  record BeginDeletion(Principal before, Instant at) implements Write {}

  /**
   * Takes for granted that it still is as it was before, and has this many tokens.
   *
   * @param tokens how many it has or had, all of them ended
   */
  record RemovePrincipal(Principal before, long tokens) implements Write {}

  /**
   * Takes for granted that its owner still is as given, and that neither its id nor any of its
   * hashes is known.
   *
   * @param hashes under which the store might know the secret; it is kept under the first
   */
  record AddToken(TokenDetails token, List<TokenHash> hashes, Principal owner) implements Write {
    public AddToken {
      hashes = List.copyOf(hashes);
    }
  }

  /** Takes for granted that it still is as it was before, where it was. */
  record ReplaceToken(KeptToken before, TokenDetails after) implements Write {}

  /**
   * Adds a session, which is in no list and gone a while after its end. Takes for granted that its
   * access key and their owner still are as given, and that its hash is not known.
   */
  record AddSession(TokenDetails session, TokenHash hash, KeptToken parent, Principal owner)
      implements Write {}

  /** Takes for granted that the session still is as it was before, where it was. */
  record ReplaceSession(KeptToken before, TokenDetails after) implements Write {}

  /** Takes for granted that no request with this key was answered within the last day. */
  record Remember(IdempotentRequest request, Receipt receipt) implements Write {}
}

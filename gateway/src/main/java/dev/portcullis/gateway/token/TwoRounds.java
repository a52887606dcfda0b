package dev.portcullis.gateway.token;

import java.util.AbstractList;
import java.util.List;

/**
 * The hashes that one token may be kept under, twice over where there are several: between two
 * reads its record may be moved from the one that is read next to the one that was read before.
 */
public final class TwoRounds extends AbstractList<TokenHash> {
  private final List<TokenHash> hashes;

  private TwoRounds(List<TokenHash> hashes) {
    this.hashes = hashes;
  }

  /** The hashes to try, one after the other, until one is found. */
  public static List<TokenHash> through(List<TokenHash> hashes) {
    return hashes.size() < 2 ? hashes : new TwoRounds(hashes);
  }

  @Override
  public TokenHash get(int index) {
    return hashes.get(index % hashes.size());
  }

  @Override
  public int size() {
    return 2 * hashes.size();
  }
}

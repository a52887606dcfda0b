package dev.portcullis.gateway.token;

import java.util.AbstractList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The hashes a secret may be stored under, the likeliest first. All but the first are computed when
 * asked for, which for a token already re-hashed is never.
 */
final class Candidates extends AbstractList<TokenHash> {
  private final TokenHash first;
  private final int size;
  private final IntFunction<TokenHash> others;

  private Candidates(TokenHash first, int size, IntFunction<TokenHash> others) {
    this.first = first;
    this.size = size;
    this.others = others;
  }

  static List<TokenHash> of(TokenHash first, int size, IntFunction<TokenHash> others) {
    return size == 1 ? List.of(first) : new Candidates(first, size, others);
  }

  @Override
  public TokenHash get(int index) {
    return index == 0 ? first : others.apply(index);
  }

  @Override
  public int size() {
    return size;
  }
}

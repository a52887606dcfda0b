package dev.portcullis.load;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A list of seeded tokens, as a query asks for it.
 *
 * @param name for the report
 * @param query the parameters of the request; empty for none
 * @param read the numbers of the tokens that the index has, in order
 * @param listed the numbers of those that the list has, in order
 * @param cursor the cursor behind the token of this number
 * @param readForPage the most tokens of the index that one page reads
 */
record PagedList(
    String name,
    String query,
    List<Integer> read,
    List<Integer> listed,
    IntFunction<String> cursor,
    int readForPage) {
  static final int PAGE = 200;

  /** The kinds of lists there are, for these tokens. */
  static List<PagedList> of(SeededTokens tokens) {
    List<Integer> all = IntStream.range(0, tokens.count()).boxed().toList();
    List<Integer> ofOwner =
        all.stream().filter(i -> tokens.owner(i).equals(SeededTokens.OWNER_OF_MANY)).toList();
    List<Integer> ofOrganization =
        all.stream().filter(i -> !tokens.organization(i).isEmpty()).toList();
    List<Integer> revoked = all.stream().filter(tokens::revoked).toList();
    List<Integer> ending = all.stream().filter(tokens::endsSoon).toList();
    List<Integer> old =
        all.stream()
            .filter(i -> !tokens.revoked(i))
            .filter(i -> tokens.createdAt(i).isBefore(tokens.now().minusSeconds(90L * 86_400)))
            .toList();
    return List.of(
        new PagedList("all", "", all, all, tokens::id, PAGE),
        new PagedList(
            "principal",
            "principal=" + SeededTokens.OWNER_OF_MANY,
            ofOwner,
            ofOwner,
            tokens::id,
            PAGE),
        new PagedList(
            "organization",
            "organization=" + SeededTokens.ORGANIZATION,
            ofOrganization,
            ofOrganization,
            tokens::id,
            PAGE),
        new PagedList("revoked, 1 of 1,000", "status=revoked", all, revoked, tokens::id, PAGE * 10),
        new PagedList(
            "expiringWithin", "expiringWithin=P14D", ending, ending, tokens::endMember, PAGE),
        new PagedList("olderThan", "olderThan=P90D", old, old, tokens::creationMember, PAGE));
  }

  /** The place from which on that many tokens of the index have not been read; 0 is the start. */
  Walk from(int place) {
    if (place == 0) {
      return new Walk(this, "", 0);
    }
    int last = read.get(place - 1);
    int before = (int) listed.stream().filter(i -> i <= last).count();
    return new Walk(this, cursor.apply(last), before);
  }
}

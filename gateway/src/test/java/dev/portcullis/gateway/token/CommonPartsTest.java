package dev.portcullis.gateway.token;

import static dev.portcullis.gateway.token.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.registry.InMemoryStore;
import dev.portcullis.policy.GrantedScopes;
import dev.portcullis.policy.Limit;
import dev.portcullis.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What cached records share, of a store that makes each of its own values. */
class CommonPartsTest {
  private final InMemoryStore store =
      new InMemoryStore()
          .with(principal("ada"))
          .with(principal("bob"))
          .with(hash(1), token("t1"))
          .with(hash(2), token("t2"));
  private final NearCache cache =
      new NearCache(store, CacheSettings.DEFAULT, Ticker.disabledTicker());

  CommonPartsTest() {
    cache.connected();
  }

  private static TokenHash hash(int number) {
    return new TokenHash("p1:%064x".formatted(number));
  }

  /** Another instance of the same text. */
  private static String copy(String text) {
    return String.valueOf(text.toCharArray());
  }

  private static GrantedScopes scopes() {
    return GrantedScopes.parse(List.of("dataset/logs:read", "role:reader"));
  }

  private static Principal principal(String id) {
    return new Principal(
        id,
        PrincipalKind.USER,
        Optional.of(new EmailAddress(id + "@example.org")),
        Optional.of(copy("acme")),
        true,
        scopes());
  }

  private static Token token(String id) {
    return new Token(
        id,
        copy("ada"),
        TokenKind.API,
        scopes(),
        Optional.of(Instant.EPOCH),
        Optional.of(Instant.MAX),
        List.of(AddressBlock.parse("10.0.0.0/8")),
        Limits.ofToken(List.of(Limit.ofToken("7 per day"))),
        copy(id),
        Optional.of(new Parent("t0", List.of(hash(3)))));
  }

  @Test
  void changeNothingOfATokenOrAPrincipal() {
    assertThat(found(cache.token(hash(1)))).isEqualTo(token("t1"));
    assertThat(found(cache.principal("bob"))).isEqualTo(principal("bob"));
  }

  @Test
  void areOneInstanceInAllTokens() {
    Token one = found(cache.token(hash(1)));
    Token other = found(cache.token(hash(2)));
    assertThat(other.scopes()).isSameAs(one.scopes());
    assertThat(other.limits()).isSameAs(one.limits());
    assertThat(other.allowedAddresses()).isSameAs(one.allowedAddresses());
  }

  @Test
  void areOneInstanceInAllPrincipalsAndTheirTokens() {
    Principal one = found(cache.principal("ada"));
    Principal other = found(cache.principal("bob"));
    assertThat(other.organization()).isSameAs(one.organization());
    assertThat(other.scopes()).isSameAs(one.scopes());
    assertThat(found(cache.token(hash(1))).scopes()).isSameAs(one.scopes());
  }

  @Test
  void areTheIdOfTheOwnerThatIsCached() {
    String id = copy("ada");
    found(cache.principal(id));
    assertThat(found(cache.token(hash(1))).principalId()).isSameAs(id);
  }

  @Test
  void areNotSharedByWhatDiffers() {
    store.with(hash(4), TestTokens.withScopes("dataset/logs:write"));
    found(cache.token(hash(1)));
    assertThat(found(cache.token(hash(4))).scopes().written())
        .containsExactly("dataset/logs:write");
  }
}

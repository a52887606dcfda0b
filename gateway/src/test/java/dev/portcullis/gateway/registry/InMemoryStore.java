package dev.portcullis.gateway.registry;

import dev.portcullis.gateway.audit.SealedEntry;
import dev.portcullis.gateway.token.LastUse;
import dev.portcullis.gateway.token.Lookup;
import dev.portcullis.gateway.token.Principal;
import dev.portcullis.gateway.token.Token;
import dev.portcullis.gateway.token.TokenHash;
import dev.portcullis.gateway.token.TokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that is a few maps, and can be told to be out of order. Answers at once. */
public final class InMemoryStore implements TokenStore {
  /** What it says when switched off. */
  static final String DOWN = "switched off by the test";

  final SortedMap<String, Principal> principals = new TreeMap<>();
  final SortedMap<String, TokenDetails> tokens = new TreeMap<>();
  final Map<String, String> idByHash = new TreeMap<>();
  final Map<String, TokenDetails> sessions = new TreeMap<>();
  final Map<String, LastUse> lastUses = new TreeMap<>();
  final Map<String, Receipt> receipts = new TreeMap<>();
  final Map<String, Instant> deletions = new TreeMap<>();
  final List<SealedEntry> trail = new ArrayList<>();
  final Map<String, String> unreadable = new TreeMap<>();
  private final InMemoryRegistry registry;
  private boolean available = true;
  private int reads;

  /** An empty one. */
  public InMemoryStore() {
    this(InstantSource.system());
  }

  /** An empty one, whose lists by status go by this clock. */
  public InMemoryStore(InstantSource clock) {
    registry = new InMemoryRegistry(this, clock);
  }

  /** The same store, seen through the control plane's port. */
  public TokenRegistry registry() {
    return registry;
  }

  /** What was changed through it. */
  public AuditTrail trail() {
    return registry;
  }

  /** Adds or replaces a principal. */
  public synchronized InMemoryStore with(Principal principal) {
    principals.put(principal.id(), principal);
    return this;
  }

  /** Adds or replaces a token. */
  public synchronized InMemoryStore with(TokenHash hash, Token token) {
    tokens.put(token.id(), TestDetails.of("a token", token));
    idByHash.put(hash.text(), token.id());
    return this;
  }

  /** Makes the record under this hash one that cannot be read. */
  public synchronized InMemoryStore withUnreadable(TokenHash hash, String problem) {
    unreadable.put(hash.text(), problem);
    return this;
  }

  /** From now on nothing is answered. */
  public synchronized void switchOff() {
    available = false;
  }

  /** Answers again. */
  public synchronized void switchOn() {
    available = true;
  }

  synchronized boolean available() {
    return available;
  }

  /** How many reads the chain's port was asked for. */
  public synchronized int reads() {
    return reads;
  }

  @Override
  public synchronized CompletionStage<Lookup<Token>> token(TokenHash hash) {
    if (available && unreadable.containsKey(hash.text())) {
      reads++;
      return CompletableFuture.completedStage(new Lookup.Unreadable<>(unreadable.get(hash.text())));
    }
    String id = idByHash.get(hash.text());
    TokenDetails details = id == null ? sessions.get(hash.text()) : tokens.get(id);
    return answer(details == null ? null : details.token());
  }

  @Override
  public synchronized CompletionStage<Lookup<Principal>> principal(String id) {
    return answer(principals.get(id));
  }

  private <T> CompletionStage<Lookup<T>> answer(@Nullable T value) {
    reads++;
    Lookup<T> found = value == null ? new Lookup.Absent<>() : new Lookup.Found<>(value);
    return CompletableFuture.completedStage(available ? found : new Lookup.Unavailable<>(DOWN));
  }

  @Override
  public synchronized CompletionStage<Void> rehash(TokenHash from, TokenHash to) {
    if (available && !idByHash.containsKey(to.text())) {
      Optional.ofNullable(idByHash.remove(from.text()))
          .ifPresent(id -> idByHash.put(to.text(), id));
    }
    return CompletableFuture.completedStage(null);
  }
}

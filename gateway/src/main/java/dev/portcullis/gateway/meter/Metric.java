package dev.portcullis.gateway.meter;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every metric of the gateway's own. Prometheus sees {@code portcullis.chain} as {@code
 * portcullis_chain_seconds}, and a counter with {@code _total} behind its name.
 */
public enum Metric {
  REQUESTS(
      Kind.HISTOGRAM,
      "portcullis.requests",
      "Time from a request's head to the last byte of its answer",
      Label.API,
      Label.of("outcome", RequestMeters.Outcome.values()),
      new Label("status", "1xx to 5xx, other, none")),
  DECISIONS(
      Kind.COUNTER,
      "portcullis.decisions",
      "Requests by what was decided over them",
      Label.API,
      Label.ROUTE,
      Label.REASON),
  SHADOW_REFUSALS(
      Kind.COUNTER,
      "portcullis.shadow.refusals",
      "Requests that passed only because their route is in shadow mode",
      Label.API,
      Label.ROUTE,
      new Label("reason", "why it would be refused")),
  CHAIN(
      Kind.HISTOGRAM,
      "portcullis.chain",
      "Time the chain took to decide",
      Label.of("outcome", Meters.Outcome.values())),
  FAULTS(
      Kind.COUNTER,
      "portcullis.faults",
      "Requests that were let through and came to grief",
      Label.API,
      Label.of("fault", RequestMeters.Fault.values())),
  LIMIT_UNCOUNTED(
      Kind.COUNTER,
      "portcullis.limit.uncounted",
      "Requests let pass uncounted by a limit, for the store was gone",
      Label.API,
      Label.ROUTE),
  LIMIT_BUCKETS(Kind.GAUGE, "portcullis.limit.buckets", "Buckets of limits that are remembered"),
  FAILURES_SOURCES(
      Kind.GAUGE, "portcullis.failures.sources", "Sources of failures that are remembered"),
  EXPOSED_TOKENS(
      Kind.COUNTER,
      "portcullis.exposed.tokens",
      "Tokens sent over plain HTTP where that revokes them, by what came of it",
      Label.of("outcome", Meters.ExposureOutcome.values())),
  CONNECTIONS(Kind.GAUGE, "portcullis.connections", "Connections of clients that are open"),
  CONNECTIONS_REFUSED(
      Kind.COUNTER,
      "portcullis.connections.refused",
      "Connections that were one too many",
      new Label("bound", "total, address")),
  TOKENS(
      Kind.GAUGE,
      "portcullis.tokens",
      "Tokens that are good, and those of them that are old or end soon",
      new Label("state", "active, old, ending")),
  TOKENS_OLDER(
      Kind.GAUGE,
      "portcullis.tokens.older",
      "Good tokens that were made longer ago",
      new Label("than", "30d, 90d, 180d, 365d")),
  TOKENS_EXPIRING(
      Kind.GAUGE,
      "portcullis.tokens.expiring",
      "Good tokens that end in this time",
      new Label("within", "1d, 7d, 30d")),
  POLICY_GENERATION(
      Kind.GAUGE,
      "portcullis.policy.generation",
      "How often the policies were read, up to those in force"),
  POLICY_CURRENT(
      Kind.GAUGE,
      "portcullis.policy.current",
      "1 while the policies in force are what the files say, 0 while these are not sound"),
  POLICY_RELOAD_FAILURES(
      Kind.COUNTER,
      "portcullis.policy.reload.failures",
      "Changes of the policy files that were not sound and changed nothing"),
  STORE(
      Kind.HISTOGRAM,
      "portcullis.store",
      "Time the store took to answer, or not to",
      new Label("operation", "token, principal, bucket"),
      new Label(
          "outcome", "found, absent, unreadable, unavailable; of a bucket taken, unavailable")),
  STORE_UP(Kind.GAUGE, "portcullis.store.up", "1 while the store is connected and answers"),
  INVALIDATION_UP(
      Kind.GAUGE, "portcullis.invalidation.up", "1 while the store tells of every change"),
  INVALIDATION_LAG(
      Kind.TIME_GAUGE,
      "portcullis.invalidation.lag",
      "Time since the last proof that no change was missed"),
  INVALIDATION_ROUND_TRIP(
      Kind.HISTOGRAM,
      "portcullis.invalidation.round.trip",
      "Time the store took to answer a heartbeat: changes are told as late as that"),
  CACHE_SIZE(Kind.GAUGE, "portcullis.cache.size", "Entries in the cache", Label.CACHE),
  CACHE_REQUESTS(
      Kind.COUNTER,
      "portcullis.cache.requests",
      "Look-ups in the cache",
      Label.CACHE,
      new Label("result", "hit, miss")),
  CACHE_EVICTIONS(
      Kind.COUNTER,
      "portcullis.cache.evictions",
      "Entries that had to make room; unknown ones also when their time was over",
      Label.CACHE),
  CACHE_STALE(Kind.COUNTER, "portcullis.cache.stale", "Answers while changes may have been missed"),
  ACTIVITY_WAITING(
      Kind.GAUGE, "portcullis.activity.waiting", "Requests to be told of in the audit trail"),
  ACTIVITY_DROPPED(
      Kind.COUNTER,
      "portcullis.activity.dropped",
      "Requests that the audit trail does not tell of, for want of room"),
  LOG_SUPPRESSED(
      Kind.COUNTER,
      "portcullis.log.suppressed",
      "Lines that a log leaves out, for there were too many",
      new Label("log", "refusals, access, console, file")),
  TRACE_SPANS(
      Kind.COUNTER,
      "portcullis.trace.spans",
      "Spans of sampled requests, by what became of them",
      Label.of("outcome", TraceMeters.Outcome.values())),
  ISSUER_KEY_FETCHES(
      Kind.COUNTER,
      "portcullis.issuer.key.fetches",
      "Attempts to fetch the keys of other issuers of tokens",
      new Label("issuer", "its name in the policy"),
      new Label("outcome", "fetched, failed")),
  ASSERTION_SIGNATURES(
      Kind.COUNTER,
      "portcullis.assertion.signatures",
      "Assertions signed for upstreams; one serves many requests");

  /** What a metric counts or measures. */
  public enum Kind {
    /** Only rises. */
    COUNTER,
    /** Rises and falls. */
    GAUGE,
    /** A time that rises and falls, in seconds. */
    TIME_GAUGE,
    /** Times in seconds, by buckets. */
    HISTOGRAM
  }

  private final Kind kind;
  private final String written;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Label> labels;

  Metric(Kind kind, String written, String description, Label... labels) {
    this.kind = kind;
    this.written = written;
    this.description = description;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /** Its name, with dots. */
  public String written() {
    return written;
  }

  /** What it means, for people. */
  public String description() {
    return description;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels.stream().map(Label::name).toList();
  }

  /** Its labels, and what they may say. */
  List<Label> describedLabels() {
    return labels;
  }

  /**
   * A label.
   *
   * @param values what it may say, for people
   */
  record Label(String name, String values) {
    private static final Label API = new Label("api", "the policy's api, none");
    private static final Label ROUTE = new Label("route", "the route's id, none");
    private static final Label REASON = new Label("reason", "ALLOWED, or why not");
    private static final Label CACHE =
        new Label("cache", "tokens, principals, unknown-tokens, unknown-principals");

    private static Label of(String name, Enum<?>... values) {
      return new Label(
          name, Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", ")));
    }
  }
}

package dev.portcullis.gateway;

import dev.portcullis.gateway.TestBed.Issued;
import dev.portcullis.gateway.trace.OtlpReceiver;
import dev.portcullis.gateway.trace.SpanTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A whole gateway that follows requests, and a collector, for tests to extend. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TracingKit {
  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String SENDER = "b7ad6b7169203331";
  static final String COLLECTOR_KEY = "collector-sesame";

  protected OtlpReceiver collector;
  protected TestBed bed;
  protected Issued token;

  @BeforeAll
  void startBed() {
    collector = OtlpReceiver.start();
    List<String> all = new ArrayList<>();
    all.add("--portcullis.tracing.endpoint=" + collector.endpoint());
    all.add("--portcullis.tracing.headers.x-key=" + COLLECTOR_KEY);
    all.add("--portcullis.trusted-proxies=" + SharedTestBed.PROXY);
    all.add("--portcullis.redis.timeout=2s");
    all.add("--portcullis.tracing.ratio=" + ratio());
    bed = TestBed.start(all.toArray(String[]::new));
    bed.follow(policy("UPSTREAM"));
    bed.user("tess", "\"email\":\"tess@example.org\",\"scopes\":[\"*:*\"]");
    token = bed.token("tess", "traced/*:read");
  }

  @AfterAll
  void stopBed() {
    bed.close();
    collector.close();
  }

  /** Of requests that are sampled. */
  protected String ratio() {
    return "1";
  }

  /** The policy before this upstream. */
  static String policy(String upstream) {
    return """
    api: traced
    upstream: %s
    credentials: [bearer]
    routes:
      - match: GET /traced/{x}
        scopes: ["traced/{x}:read"]
      - match: GET /shadowed/**
        scopes: ["nobody:read"]
        shadow: true
      - match: GET /open
        public: true
    """
        .formatted(upstream);
  }

  /** The spans of the request that was answered like this. */
  protected SpanTree tree(TestBed.Answer answer) {
    return collector.tree(answer.response().field("X-Request-Id").orElseThrow());
  }

  /** The line of a sender that says it sampled, or not. */
  static String parent(String flags) {
    return "traceparent: 00-" + TRACE + "-" + SENDER + "-" + flags;
  }
}

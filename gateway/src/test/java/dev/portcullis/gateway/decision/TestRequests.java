package dev.portcullis.gateway.decision;

import dev.portcullis.policy.CanonicalPath;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request head, told step by step. */
final class TestRequests {
  private final String method;
  private final CanonicalPath path;
  private final Optional<String> query;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private Optional<InetAddress> client = Optional.of(InetAddress.ofLiteral("192.0.2.7"));
  private Transport transport = Transport.PLAIN;

  private TestRequests(String method, String target) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path =
        ((CanonicalPath.Canonical) CanonicalPath.of(mark < 0 ? target : target.substring(0, mark)))
            .path();
    this.query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
  }

  static TestRequests get(String target) {
    return new TestRequests("GET", target);
  }

  TestRequests with(String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    return this;
  }

  TestRequests from(String address) {
    client = Optional.of(InetAddress.ofLiteral(address));
    return this;
  }

  TestRequests fromNowhere() {
    client = Optional.empty();
    return this;
  }

  TestRequests overTls() {
    transport = Transport.TLS;
    return this;
  }

  TestRequests overWhoKnowsWhat() {
    transport = Transport.UNTOLD;
    return this;
  }

  RequestHead head() {
    return new RequestHead(method, path, query, HeaderFields.of(headers), client, transport);
  }
}

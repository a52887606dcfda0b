package dev.portcullis.gateway.control;

import dev.portcullis.gateway.decision.HeaderFields;
import dev.portcullis.gateway.decision.RequestHead;
import dev.portcullis.gateway.decision.Transport;
import dev.portcullis.gateway.token.AddressBlock;
import dev.portcullis.policy.CanonicalPath;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request to the data plane that somebody asks about; means nothing once the members it was read
 * from have problems.
 *
 * @param target path and query
 * @param headers as text; a request has them in UTF-8
 * @param secure whether it comes over TLS; so where nothing is said
 */
record AskedRequest(
    String method,
    String target,
    Map<String, List<String>> headers,
    Optional<String> tokenId,
    Optional<InetAddress> address,
    boolean secure) {
  private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}");

  /** Without the headers, for the credential that is asked about stands there. */
  @Override
  public String toString() {
    return "AskedRequest[" + method + "]";
  }

  static AskedRequest read(JsonMembers members) {
    members.require("method");
    return new AskedRequest(
        members.parsed("method", AskedRequest::method).orElse(""),
        members.requiredText("path", TextRule.TARGET).orElse(""),
        members.fields("headers"),
        members.text("tokenId", TextRule.ID),
        members.parsed("address", AskedRequest::address),
        members.flag("secure").orElse(true));
  }

  private static String method(String text) {
    if (!METHOD.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a method such as GET");
    }
    return text;
  }

  private static InetAddress address(String text) {
    if (text.indexOf('/') >= 0) {
      throw new IllegalArgumentException("is not one IP address");
    }
    return AddressBlock.parse(text).network();
  }

  /** The target's path, in its canonical form if it has one. */
  CanonicalPath.Result path() {
    int mark = target.indexOf('?');
    return CanonicalPath.of(mark < 0 ? target : target.substring(0, mark));
  }

  /** All that the chain would know of it. */
  RequestHead head(CanonicalPath path) {
    int mark = target.indexOf('?');
    Map<String, List<String>> octets =
        headers.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    field -> field.getValue().stream().map(AskedRequest::octets).toList()));
    return new RequestHead(
        method,
        path,
        mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
        HeaderFields.of(octets),
        address,
        Transport.of(secure));
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}

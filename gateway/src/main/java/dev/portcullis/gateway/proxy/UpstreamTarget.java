package dev.portcullis.gateway.proxy;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's address: scheme, authority, and the path that stands before all paths.
 *
 * @param scheme {@code http} or {@code https}
 * @param rest from {@code ://} on, without a trailing slash
 */
record UpstreamTarget(String scheme, String rest) {

  static UpstreamTarget of(URI upstream) {
    String rest = "://" + upstream.getRawAuthority() + upstream.getRawPath();
    return new UpstreamTarget(
        upstream.getScheme(), rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
  }

  /** The address of one resource; path and query are taken as they stand, never encoded anew. */
  URI resolve(boolean webSocket, String rawPath, @Nullable String rawQuery) {
    StringBuilder url = new StringBuilder(scheme.length() + rest.length() + 64);
    // "ws" is for "http" and "wss" for "https" (RFC 6455, section 3)
    url.append(webSocket ? scheme.replace("http", "ws") : scheme).append(rest);
    if (!rawPath.startsWith("/")) {
      url.append('/');
    }
    url.append(rawPath);
    if (rawQuery != null) {
      url.append('?').append(rawQuery);
    }
    return URI.create(url.toString());
  }
}

package dev.portcullis.gateway.proxy;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;

/**
 * The same header fields in two forms.
 *
 * @param lines as they are sent
 * @param view what Spring makes of the lines; a change of one is a change of the other
 */
record OutgoingFields(HttpHeaders lines, org.springframework.http.HttpHeaders view) {

  /** None yet; refuses, with an exception, names and values that are unlawful. */
  static OutgoingFields none() {
    HttpHeaders lines = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    return new OutgoingFields(
        lines, new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(lines)));
  }
}

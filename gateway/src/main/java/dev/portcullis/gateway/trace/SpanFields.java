package dev.portcullis.gateway.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The attributes of spans, by OpenTelemetry's semantic conventions for HTTP where these name one.
 */
final class SpanFields {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> ROUTE_TEMPLATE = AttributeKey.stringKey("http.route");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("portcullis.request.id");
  static final AttributeKey<String> API = AttributeKey.stringKey("portcullis.api");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("portcullis.route");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("portcullis.outcome");
  static final AttributeKey<String> REASON = AttributeKey.stringKey("portcullis.reason");
  static final AttributeKey<Boolean> SHADOW = AttributeKey.booleanKey("portcullis.shadow");
  static final AttributeKey<String> TOKEN_ID = AttributeKey.stringKey("portcullis.token.id");

  private SpanFields() {}
}

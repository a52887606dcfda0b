package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import io.netty.handler.codec.http.HttpHeaders;

/** The field lines of a request as the gateway hands them to its chain. */
public final class ReceivedFields {
  private ReceivedFields() {}

  /** Read from Netty's container. */
  public static HeaderFields of(HttpHeaders fields) {
    return new FieldLines(fields);
  }
}

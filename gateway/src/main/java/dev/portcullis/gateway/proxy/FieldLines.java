package dev.portcullis.gateway.proxy;

import dev.portcullis.gateway.decision.HeaderFields;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;

/** The field lines of a request as the chain reads them. */
record FieldLines(HttpHeaders fields) implements HeaderFields {

  @Override
  public List<String> values(String name) {
    Iterator<String> values = fields.valueStringIterator(name);
    if (!values.hasNext()) {
      return List.of();
    }
    String first = values.next();
    return values.hasNext() ? fields.getAll(name) : List.of(first);
  }
}

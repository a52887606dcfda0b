package dev.portcullis.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Page after page of a list, from a place on; and whether they have what they should. */
final class Walk {
  private final PagedList list;
  private final List<Double> millis = new ArrayList<>();
  private String cursor;
  private int position;

  /**
   * Goes on behind this cursor.
   *
   * @param cursor empty for the start
   * @param position how many of the list are before it
   */
  Walk(PagedList list, String cursor, int position) {
    this.list = list;
    this.cursor = cursor;
    this.position = position;
  }

  /** Asks for the next page. */
  void next(OperatorConnection connection, SeededTokens tokens) throws IOException {
    String path =
        "/v1/tokens?limit="
            + PagedList.PAGE
            + (list.query().isEmpty() ? "" : "&" + list.query())
            + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
    long start = System.nanoTime();
    Answer answer = connection.get(path);
    double took = (System.nanoTime() - start) / 1e6;
    if (answer.status() != 200) {
      throw new IOException(path + " gave " + answer.status() + " " + answer.body());
    }
    millis.add(took);
    JsonNode page = answer.json();
    for (JsonNode item : page.path("items")) {
      String wanted = tokens.id(list.listed().get(position++));
      if (!wanted.equals(item.path("id").asString())) {
        throw new IOException(path + " has " + item.path("id") + " in the place of " + wanted);
      }
    }
    if (page.path("next").isNull()) {
      throw new IOException(path + " ends the list too early");
    }
    cursor = page.path("next").asString();
  }

  /** How long each page took. */
  Percentiles millis() {
    return Percentiles.of(millis);
  }
}

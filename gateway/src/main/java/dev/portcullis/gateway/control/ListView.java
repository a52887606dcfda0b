package dev.portcullis.gateway.control;

import dev.portcullis.gateway.registry.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list in JSON.
 *
 * @param items in order
 * @param next the cursor of the next page; {@code null} at the end
 */
record ListView<T>(List<T> items, Optional<String> next) {

  static <S, T> ListView<T> of(Page<S> page, Function<S, T> view) {
    return new ListView<>(page.items().stream().map(view).toList(), page.next());
  }
}

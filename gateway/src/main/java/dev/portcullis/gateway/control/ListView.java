package dev.portcullis.gateway.control;

import java.util.List;
import java.util.Optional;

/**
 * A page of a list in JSON.
 *
 * @param items in order of their ids
 * @param next the cursor of the next page; {@code null} at the end
 */
record ListView<T>(List<T> items, Optional<String> next) {}

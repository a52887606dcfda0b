package dev.portcullis.policy;

/**
 * Where something stands in a policy file.
 *
 * @param file as given to the reader
 * @param line from 1
 * @param path for example {@code routes[2].scopes[0]}; empty for the whole document
 */
record Place(String file, int line, String path) {

  Place field(String name, int at) {
    return new Place(file, at, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index, int at) {
    return new Place(file, at, path + "[" + index + "]");
  }

  Problem problem(String message) {
    return new Problem(file, line, path, message);
  }
}

package dev.portcullis.load;

import java.io.IOException;

/** What is to be measured needs a program that is not installed here. */
final class Missing extends IOException {
  private static final long serialVersionUID = 1L;

  Missing(String what, String debianPackages) {
    super(what + " is missing; on Debian: apt-get install -y " + debianPackages);
  }
}

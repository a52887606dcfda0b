package dev.portcullis.load;

import java.net.URI;

/** A running gateway of any kind that load can be sent to. */
record Target(String name, URI base, Child child) {}

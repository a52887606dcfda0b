package dev.portcullis.policy;

/** Something read, and where it was written. */
record Placed<T>(Place place, T value) {}

/**
 * The load tests: they drive the packaged gateway as a process, among real servers, and write what
 * they measured to {@code load-tests/results}. Imports nothing of the gateway.
 */
@NullMarked
package dev.portcullis.load;

import org.jspecify.annotations.NullMarked;

/**
 * Every meter of the gateway. {@link Metric} names them all; the classes that end in {@code Meters}
 * record, each what its users tell it, and {@link Readings} reads them again.
 *
 * <p>Imports the JDK, Micrometer and the policy module's reasons; the edges record through it.
 */
@NullMarked
package dev.portcullis.gateway.meter;

import org.jspecify.annotations.NullMarked;

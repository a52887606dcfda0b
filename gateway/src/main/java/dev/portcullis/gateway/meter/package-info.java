/**
 * Every meter of the gateway, named in one place, and nothing else: {@link Meters}, and {@link
 * StoreMeters} for what the store is asked.
 *
 * <p>Imports the JDK, Micrometer and the policy module's reasons; the edges record through it.
 */
@NullMarked
package dev.portcullis.gateway.meter;

import org.jspecify.annotations.NullMarked;

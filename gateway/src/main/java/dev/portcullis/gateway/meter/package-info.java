/**
 * Every meter of the gateway, named in one place, and nothing else.
 *
 * <p>Imports the JDK, Micrometer and the policy module's reasons; the edges record through it.
 */
@NullMarked
package dev.portcullis.gateway.meter;

import org.jspecify.annotations.NullMarked;

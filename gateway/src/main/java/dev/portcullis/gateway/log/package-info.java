/**
 * What keeps the log from costing the gateway its life: lines that clients can have repeated are
 * sampled ({@link Sampler}), and nobody waits for where lines go ({@link LogQueue}).
 *
 * <p>Imports the JDK, Caffeine's {@code Ticker}, SLF4J and Logback.
 */
@NullMarked
package dev.portcullis.gateway.log;

import org.jspecify.annotations.NullMarked;

/** Benchmarks (JMH) of the gateway's chain in one thread, without a socket or a store. */
@NullMarked
package dev.portcullis.load.chain;

import org.jspecify.annotations.NullMarked;

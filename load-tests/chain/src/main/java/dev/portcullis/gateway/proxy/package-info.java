/** What only this package of the gateway makes, for benchmarks. */
@NullMarked
package dev.portcullis.gateway.proxy;

import org.jspecify.annotations.NullMarked;

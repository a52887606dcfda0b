/** Benchmarks of what only this package of the gateway may call. */
@NullMarked
package dev.portcullis.gateway.token;

import org.jspecify.annotations.NullMarked;

/**
 * The store: records in Redis, read and written over the one connection on which their changes are
 * told, and the embedded Redis.
 *
 * <p>Imports {@code token}, {@code meter}, Lettuce and Spring; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.redis;

import org.jspecify.annotations.NullMarked;

/**
 * The store: records and the audit trail in Redis, read and written over the one connection on
 * which changes are told, and the embedded Redis.
 *
 * <p>Imports {@code registry}, {@code audit}, {@code token}, {@code meter}, the policy module,
 * Lettuce and Spring; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.redis;

import org.jspecify.annotations.NullMarked;

/**
 * The store: records, the audit trail and the counts in Redis, read and written over the one
 * connection on which changes are told, and the embedded Redis.
 *
 * <p>Imports {@code registry}, {@code audit}, {@code token}, {@code limit}, {@code health}, {@code
 * meter}, the policy module, Lettuce, Bucket4j and Spring; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.redis;

import org.jspecify.annotations.NullMarked;

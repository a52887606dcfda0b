package dev.portcullis.gateway.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;

/**
 * A connection over which changes are told.
 *
 * @param connection itself
 * @param node where it leads
 * @param since an instant, by the monotonic clock, from which on every change is told
 */
record Live(StatefulRedisConnection<String, String> connection, RedisURI node, long since) {}

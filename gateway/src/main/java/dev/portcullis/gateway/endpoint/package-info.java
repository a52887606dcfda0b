/**
 * The gateway's own endpoints on the data plane, below {@code /.portcullis/}: what token holders
 * need. May import token, limit, decision, registry, audit, policy and Jackson; no Spring, no
 * Reactor, no Redis.
 */
@NullMarked
package dev.portcullis.gateway.endpoint;

import org.jspecify.annotations.NullMarked;

/**
 * Tokens and principals as values, their secrets and hashes, the near cache, and the port through
 * which the chain reads.
 *
 * <p>Imports the JDK, Caffeine and the policy module.
 */
@NullMarked
package dev.portcullis.gateway.token;

import org.jspecify.annotations.NullMarked;

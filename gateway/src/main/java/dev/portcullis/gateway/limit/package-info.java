/**
 * Who has had how many requests: rate limits and quotas over all gateways, and the failures of
 * those who guess.
 *
 * <p>Imports the JDK, Caffeine, Bucket4j's core and the policy module.
 */
@NullMarked
package dev.portcullis.gateway.limit;

import org.jspecify.annotations.NullMarked;

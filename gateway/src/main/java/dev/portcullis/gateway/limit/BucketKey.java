package dev.portcullis.gateway.limit;

import dev.portcullis.policy.LimitSet;

/**
 * The name of one count.
 *
 * @param limits what is counted, and how many are admitted
 * @param subject whose requests: a token's or principal's id, an organization, a network, or
 *     nothing where everybody's are counted together
 */
public record BucketKey(LimitSet limits, String subject) {}

/**
 * Parameters in AWS Systems Manager. May import token, registry and the AWS SDK; nothing else knows
 * that, and none of it is loaded unless the settings choose it.
 */
@NullMarked
package dev.portcullis.gateway.aws;

import org.jspecify.annotations.NullMarked;

/**
 * The keeping of principals and tokens: the changes of their lives, each of which is made whole and
 * stands in the audit trail, and the ports through which a store keeps them.
 *
 * <p>Imports the JDK, {@code token}, {@code audit} and the policy module.
 */
@NullMarked
package dev.portcullis.gateway.registry;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: talks HTTP to the control plane, and checks policy files where they lie.
 *
 * <p>Imports the JDK, picocli, Jackson and the policy module; nothing else of the gateway, and no
 * Spring.
 */
@NullMarked
package dev.portcullis.gateway.cli;

import org.jspecify.annotations.NullMarked;

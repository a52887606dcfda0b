/**
 * The audit trail's entries: who did what to whom, and the chain that shows when one was changed or
 * taken out.
 *
 * <p>Imports the JDK and {@code token}, whose peppers seal.
 */
@NullMarked
package dev.portcullis.gateway.audit;

import org.jspecify.annotations.NullMarked;

/**
 * Access tokens of other issuers: JWTs (RFC 9068), verified by the keys that their issuers publish
 * (RFC 7517).
 *
 * <p>Imports {@code decision}, {@code token}, {@code meter}, the policy module and Nimbus JOSE+JWT,
 * which no other package knows; no other edge.
 */
@NullMarked
package dev.portcullis.gateway.issuer;

import org.jspecify.annotations.NullMarked;

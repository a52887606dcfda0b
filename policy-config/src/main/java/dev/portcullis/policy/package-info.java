/**
 * The policy model: what a policy file says, read, checked and compiled for the gateway to follow.
 *
 * <p>Imports the JDK, the YAML parser and the JSON Schema validator; never Spring.
 */
@NullMarked
package dev.portcullis.policy;

import org.jspecify.annotations.NullMarked;

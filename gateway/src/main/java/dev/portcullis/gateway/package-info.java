/** The program: main, settings and all wiring. May import everything below it but {@code cli}. */
@NullMarked
package dev.portcullis.gateway;

import org.jspecify.annotations.NullMarked;

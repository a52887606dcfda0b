/** A program to compare with. */
@NullMarked
package dev.portcullis.load.peer;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.portcullis.load;

import org.jspecify.annotations.NullMarked;

/** A constant arrival rate against one URL (Gatling), and how long the answers took. */
@NullMarked
package dev.portcullis.load.latency;

import org.jspecify.annotations.NullMarked;

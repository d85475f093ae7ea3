/** Recorded traffic, read again: what another policy would have said, and what was asked for. */
@NullMarked
package io.gatehouse.server.traffic;

import org.jspecify.annotations.NullMarked;

/**
 * The messages of both directions, and the only code that knows how they and their values look as
 * bytes.
 */
@NullMarked
package io.gatehouse.server.wire;

import org.jspecify.annotations.NullMarked;

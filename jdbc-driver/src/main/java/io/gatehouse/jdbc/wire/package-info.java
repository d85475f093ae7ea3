/**
 * The messages of the Gatehouse protocol and their bytes, as docs/protocol/PROTOCOL.md has them.
 */
@NullMarked
package io.gatehouse.jdbc.wire;

import org.jspecify.annotations.NullMarked;

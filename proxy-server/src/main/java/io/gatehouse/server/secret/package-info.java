/** Sealing, keys and certificates; values that cannot print themselves. */
@NullMarked
package io.gatehouse.server.secret;

import org.jspecify.annotations.NullMarked;

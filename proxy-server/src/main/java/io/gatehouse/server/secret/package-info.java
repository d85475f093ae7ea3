/** The only cryptography for data at rest; values that cannot print themselves. */
@NullMarked
package io.gatehouse.server.secret;

import org.jspecify.annotations.NullMarked;

/** Socket, TLS, framing and the proof of the password. */
@NullMarked
package io.gatehouse.jdbc.transport;

import org.jspecify.annotations.NullMarked;

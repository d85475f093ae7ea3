/** Accepts clients: sockets, TLS, login, the limits of each phase, and back-pressure. */
@NullMarked
package io.gatehouse.server.net;

import org.jspecify.annotations.NullMarked;

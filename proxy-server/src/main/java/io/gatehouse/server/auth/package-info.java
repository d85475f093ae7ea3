/** Turns a client's proof into a principal. */
@NullMarked
package io.gatehouse.server.auth;

import org.jspecify.annotations.NullMarked;

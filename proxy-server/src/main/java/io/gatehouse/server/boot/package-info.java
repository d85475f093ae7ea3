/** Main, command line, wiring by hand, start-up order and drain. */
@NullMarked
package io.gatehouse.server.boot;

import org.jspecify.annotations.NullMarked;

/** Counters and timers, cheap where statements pass, read by Prometheus. */
@NullMarked
package io.gatehouse.server.meter;

import org.jspecify.annotations.NullMarked;

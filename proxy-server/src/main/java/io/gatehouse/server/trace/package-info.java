/** Spans of statements that belong to somebody's trace, sent to an OpenTelemetry collector. */
@NullMarked
package io.gatehouse.server.trace;

import org.jspecify.annotations.NullMarked;

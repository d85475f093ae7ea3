/** Runs what the documentation shows, and finds where it went stale. */
@NullMarked
package io.gatehouse.server.docs;

import org.jspecify.annotations.NullMarked;

/** Logical name to target database, its kind, its limits and its grants. */
@NullMarked
package io.gatehouse.server.directory;

import org.jspecify.annotations.NullMarked;

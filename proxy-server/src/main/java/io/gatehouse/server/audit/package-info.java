/** Who ran what, with which verdict: one JSON line for each statement. */
@NullMarked
package io.gatehouse.server.audit;

import org.jspecify.annotations.NullMarked;

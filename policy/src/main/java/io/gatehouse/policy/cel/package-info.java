/** Expressions of policy files: checked at load, bounded when they run. */
@NullMarked
package io.gatehouse.policy.cel;

import org.jspecify.annotations.NullMarked;

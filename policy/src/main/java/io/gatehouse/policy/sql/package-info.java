/** From text to facts: a scanner for each dialect, JSqlParser behind it, nothing trusted alone. */
@NullMarked
package io.gatehouse.policy.sql;

import org.jspecify.annotations.NullMarked;

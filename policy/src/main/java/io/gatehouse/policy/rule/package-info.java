/** Rules as data: what they match and what they ask for. */
@NullMarked
package io.gatehouse.policy.rule;

import org.jspecify.annotations.NullMarked;

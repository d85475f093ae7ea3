/** The door of the policy library: a question in, a decision out. */
@NullMarked
package io.gatehouse.policy;

import org.jspecify.annotations.NullMarked;

/** The door of the policy library: a statement's text goes in, a decision comes out. */
@NullMarked
package io.gatehouse.policy;

import org.jspecify.annotations.NullMarked;

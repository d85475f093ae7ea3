/** What a text does: the vocabulary that analysis writes and rules read. */
@NullMarked
package io.gatehouse.policy.fact;

import org.jspecify.annotations.NullMarked;

/** One connection's conversation with the broker: requests, answers, credit, settings. */
@NullMarked
package io.gatehouse.jdbc.session;

import org.jspecify.annotations.NullMarked;

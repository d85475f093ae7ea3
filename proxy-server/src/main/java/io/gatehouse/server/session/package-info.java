/** One client's state machine: who holds which lease, in which transaction, with which settings. */
@NullMarked
package io.gatehouse.server.session;

import org.jspecify.annotations.NullMarked;

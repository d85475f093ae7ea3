/** Shares few backend connections among many sessions: waiting, leases, reset on return, pins. */
@NullMarked
package io.gatehouse.server.pool;

import org.jspecify.annotations.NullMarked;

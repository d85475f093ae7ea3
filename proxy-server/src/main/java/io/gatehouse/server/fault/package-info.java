/** The error catalogue: what the broker itself refuses, with its SQLSTATE and the way forward. */
@NullMarked
package io.gatehouse.server.fault;

import org.jspecify.annotations.NullMarked;

/** Faults of broker and driver, and the exceptions of java.sql that they become. */
@NullMarked
package io.gatehouse.jdbc.fault;

import org.jspecify.annotations.NullMarked;

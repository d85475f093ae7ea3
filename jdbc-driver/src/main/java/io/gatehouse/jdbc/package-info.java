/** The public face of the driver: what an application meets of JDBC. */
@NullMarked
package io.gatehouse.jdbc;

import org.jspecify.annotations.NullMarked;

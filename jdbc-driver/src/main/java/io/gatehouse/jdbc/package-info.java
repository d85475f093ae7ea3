/** The JDBC face of the driver. */
@NullMarked
package io.gatehouse.jdbc;

import org.jspecify.annotations.NullMarked;

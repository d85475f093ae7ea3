/** Values: their binary forms and the conversions that JDBC asks for. */
@NullMarked
package io.gatehouse.jdbc.type;

import org.jspecify.annotations.NullMarked;

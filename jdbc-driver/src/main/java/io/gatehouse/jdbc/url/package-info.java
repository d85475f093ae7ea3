/** What a JDBC URL and its properties mean. */
@NullMarked
package io.gatehouse.jdbc.url;

import org.jspecify.annotations.NullMarked;

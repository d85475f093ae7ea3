/** Health, metrics, live sessions and pools over HTTP. */
@NullMarked
package io.gatehouse.server.admin;

import org.jspecify.annotations.NullMarked;

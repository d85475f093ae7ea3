/**
 * Runs a permitted statement on a lease and streams its rows, masked where its permission says so,
 * into a sink that this room declares.
 */
@NullMarked
package io.gatehouse.server.execute;

import org.jspecify.annotations.NullMarked;

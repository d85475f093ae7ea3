/** Asks the policy; the only room that can make a permitted statement. */
@NullMarked
package io.gatehouse.server.gate;

import org.jspecify.annotations.NullMarked;

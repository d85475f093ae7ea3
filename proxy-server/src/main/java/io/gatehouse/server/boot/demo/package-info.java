/**
 * The demo: a shop in an embedded database, its configuration, and a tour through the real driver.
 */
@NullMarked
package io.gatehouse.server.boot.demo;

import org.jspecify.annotations.NullMarked;

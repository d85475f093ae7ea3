/** Measurements of the broker and the driver, against the database reached directly. */
@NullMarked
package io.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Tests of the whole source tree, of every module: its format and its tidiness. */
@NullMarked
package io.gatehouse.repository;

import org.jspecify.annotations.NullMarked;

/** Keeps answers to reads for as long as a rule allows, and gives them to whoever asks the same. */
@NullMarked
package io.gatehouse.server.recall;

import org.jspecify.annotations.NullMarked;

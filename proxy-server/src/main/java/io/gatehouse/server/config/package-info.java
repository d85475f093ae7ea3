/** YAML files into checked, immutable records; all problems at once, each with its place. */
@NullMarked
package io.gatehouse.server.config;

import org.jspecify.annotations.NullMarked;

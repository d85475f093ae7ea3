/** Policy files: strict reading of YAML, every problem with its place. */
@NullMarked
package io.gatehouse.policy.yaml;

import org.jspecify.annotations.NullMarked;

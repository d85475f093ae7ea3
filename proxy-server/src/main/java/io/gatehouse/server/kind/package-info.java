/** One descriptor per kind of database: everything in which kinds differ, as data. */
@NullMarked
package io.gatehouse.server.kind;

import org.jspecify.annotations.NullMarked;

/** Hostile clients, hostile backends and curious people, against the real broker. */
@org.jspecify.annotations.NullMarked
package io.gatehouse.server.attack;

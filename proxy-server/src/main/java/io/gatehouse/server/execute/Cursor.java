package io.gatehouse.server.execute;

/** A result whose reading was set aside. Belongs to one lease and one sink. */
public sealed interface Cursor permits OpenCursor {}

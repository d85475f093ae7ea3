package io.gatehouse.policy.cel;

/**
 * Something wrong in an expression.
 *
 * @param line from 1
 * @param column from 0
 * @param message what is wrong
 */
public record Fault(int line, int column, String message) {}

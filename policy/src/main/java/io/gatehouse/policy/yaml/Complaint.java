package io.gatehouse.policy.yaml;

/**
 * Something wrong in a file.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong and what would be right
 */
public record Complaint(int line, int column, String message) {}

package dev.laurel.source;

/**
 * A row that nothing can be said about.
 *
 * @param line where it begins in the file, from 1
 */
public record Rejection(long line, String reason) {}

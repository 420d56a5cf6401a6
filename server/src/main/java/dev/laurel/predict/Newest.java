package dev.laurel.predict;

/**
 * The answer for the row after the newest one.
 *
 * @param stale whether newer rows should exist but could not be had
 */
public record Newest(Answered answered, boolean stale) {}

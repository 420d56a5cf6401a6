package dev.laurel.gate;

/**
 * How long a model takes for the answer to one row.
 *
 * @param microseconds the median
 * @param machine on which that was measured, for people
 */
public record AnswerTime(double microseconds, String machine) {}

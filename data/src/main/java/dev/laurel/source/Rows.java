package dev.laurel.source;

import dev.laurel.table.Table;

/**
 * Rows of a source.
 *
 * @param origin where they come from, in a few words: {@code Yahoo Finance SPY 1d}, {@code bundled rows sp500-2000}, {@code csv gold.csv}
 * @param notes what happened on the way, for the log, the report and provenance: dropped rows, a fallback, kept rows used instead,
 *     columns passed over
 * @param stale whether newer rows should exist but could not be had
 */
public record Rows(Table table, String origin, String notes, boolean stale) {}

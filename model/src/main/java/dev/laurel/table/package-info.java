/** Rows of a source, kept by column: numbers and words, with keys where the source has them. Immutable. */
@NullMarked
package dev.laurel.table;

import org.jspecify.annotations.NullMarked;

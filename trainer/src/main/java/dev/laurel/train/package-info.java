/** One training run: rows, windows, experiments, candidate, registration, promotion. */
@NullMarked
package dev.laurel.train;

import org.jspecify.annotations.NullMarked;

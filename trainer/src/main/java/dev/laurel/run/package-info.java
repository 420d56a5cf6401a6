/** One training run: rows, windows, experiments, candidate, registration, promotion. */
@NullMarked
package dev.laurel.run;

import org.jspecify.annotations.NullMarked;

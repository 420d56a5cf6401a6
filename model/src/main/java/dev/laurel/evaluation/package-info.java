/** How good predictions are. */
@NullMarked
package dev.laurel.evaluation;

import org.jspecify.annotations.NullMarked;

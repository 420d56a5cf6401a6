/** Rows of a run as models see them: vectors with their true answers. What teaches, what chooses and what judges all come this way. */
@NullMarked
package dev.laurel.sample;

import org.jspecify.annotations.NullMarked;

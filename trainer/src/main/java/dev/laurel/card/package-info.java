/** The model card of a version and its plot, made to be read on a Git host. */
@NullMarked
package dev.laurel.card;

import org.jspecify.annotations.NullMarked;

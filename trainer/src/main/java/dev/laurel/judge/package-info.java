/** How a challenger stands against a champion: both evaluated on the very same rows, each with the features of its own definition. */
@NullMarked
package dev.laurel.judge;

import org.jspecify.annotations.NullMarked;

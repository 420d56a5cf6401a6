/** Versions made, or taken in from elsewhere. Commands: train, register. */
@NullMarked
package dev.laurel.cli.train;

import org.jspecify.annotations.NullMarked;

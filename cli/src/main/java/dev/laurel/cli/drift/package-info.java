/** Compares rows and answers with those of training, and does what definitions say about it. */
@NullMarked
package dev.laurel.cli.drift;

import org.jspecify.annotations.NullMarked;

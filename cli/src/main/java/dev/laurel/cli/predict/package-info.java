/** A champion's answers for a file of rows, in bounded memory. Command: predict. */
@NullMarked
package dev.laurel.cli.predict;

import org.jspecify.annotations.NullMarked;

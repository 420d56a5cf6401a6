/** Commands one after another, from a file. Command: run. */
@NullMarked
package dev.laurel.cli.flow;

import org.jspecify.annotations.NullMarked;

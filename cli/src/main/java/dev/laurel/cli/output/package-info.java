/** What a person or a program reads: results as text or JSON, errors in one line, progress, the log. */
@NullMarked
package dev.laurel.cli.output;

import org.jspecify.annotations.NullMarked;

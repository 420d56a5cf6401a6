/** What every program of ours begins with, and how it says what went wrong. */
@NullMarked
package dev.laurel.program;

import org.jspecify.annotations.NullMarked;

/** The trainer as a program of its own. */
@NullMarked
package dev.laurel.trainer;

import org.jspecify.annotations.NullMarked;

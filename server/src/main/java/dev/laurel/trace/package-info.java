/** The ids that a request is known by elsewhere, and the spans that are told of it where somebody wants them. */
@NullMarked
package dev.laurel.trace;

import org.jspecify.annotations.NullMarked;

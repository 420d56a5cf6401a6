/** The profile of the training rows, against which drift is measured. */
@NullMarked
package dev.laurel.drift;

import org.jspecify.annotations.NullMarked;

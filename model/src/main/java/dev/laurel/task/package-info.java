/** What kind of answer a model gives, and all that follows from it: measuring, comparing, guessing without a model, showing. */
@NullMarked
package dev.laurel.task;

import org.jspecify.annotations.NullMarked;

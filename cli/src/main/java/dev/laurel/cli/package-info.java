/** What a person types: {@code laurel}, one class per verb; {@code laurel up} is everything in one process. */
@NullMarked
package dev.laurel.cli;

import org.jspecify.annotations.NullMarked;

/** What a person types: {@code laurel}. A room for each thing that a person does with it; {@code Main} lists the commands of all rooms. */
@NullMarked
package dev.laurel.cli;

import org.jspecify.annotations.NullMarked;

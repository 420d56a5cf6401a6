/** Waits until what was pinned answers at an address, and says what each hop on the way took. */
@NullMarked
package dev.laurel.cli.wait;

import org.jspecify.annotations.NullMarked;

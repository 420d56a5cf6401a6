/**
 * A models repository as its callers see it: {@link dev.laurel.registry.Registry} has a method for each operation, and none does more than
 * call the room that knows how. What callers bring and get back stands in {@code outcome} and {@code view}, and nobody outside imports another
 * room but what {@code layout} lays down. No room imports this package.
 */
@NullMarked
package dev.laurel.registry;

import org.jspecify.annotations.NullMarked;

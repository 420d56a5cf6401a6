/**
 * What callers bring to a change of the registry, and what comes of it. Outcomes are sealed, so that a verdict is never an exception and none
 * is forgotten. Nothing here reads or writes.
 */
@NullMarked
package dev.laurel.registry.outcome;

import org.jspecify.annotations.NullMarked;

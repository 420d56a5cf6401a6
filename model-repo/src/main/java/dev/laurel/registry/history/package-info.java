/**
 * Reads revisions, pins and models out of commits, along first parents. Order is the commit graph and the version number, never time. A hold is
 * derived from the last change of a pin and stored nowhere.
 */
@NullMarked
package dev.laurel.registry.history;

import org.jspecify.annotations.NullMarked;

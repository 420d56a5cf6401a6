/**
 * Where each thing stands in a models repository. Paths are made here and nowhere else. The files that Laurel lays down, and later replaces,
 * stand in the rooms below.
 */
@NullMarked
package dev.laurel.registry.layout;

import org.jspecify.annotations.NullMarked;

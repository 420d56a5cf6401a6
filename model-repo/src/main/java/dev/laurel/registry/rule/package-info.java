/**
 * What a push, a pin and a version have to keep, and verification, which holds the whole history against it. Every rule gives its problems in
 * words, none when all is well. It reads at commits and writes nothing.
 */
@NullMarked
package dev.laurel.registry.rule;

import org.jspecify.annotations.NullMarked;

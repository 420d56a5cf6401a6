/**
 * What writes: each operation looks at main, makes one commit, and looks again when another writer came in between. What is to be written is
 * held against the rules first. A pin moves in a commit of its own.
 */
@NullMarked
package dev.laurel.registry.change;

import org.jspecify.annotations.NullMarked;

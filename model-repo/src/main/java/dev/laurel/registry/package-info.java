/** The operations on a models repository: register, promote, roll back, release, history. Everything that reads, reads at one commit. */
@NullMarked
package dev.laurel.registry;

import org.jspecify.annotations.NullMarked;

/** Promotions by pull request: the Git hosts, and what is asked of them. */
@NullMarked
package dev.laurel.forge;

import org.jspecify.annotations.NullMarked;

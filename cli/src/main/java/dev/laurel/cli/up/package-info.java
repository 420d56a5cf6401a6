/** Everything in one process: registry, training, promotion, server. Command: up. */
@NullMarked
package dev.laurel.cli.up;

import org.jspecify.annotations.NullMarked;

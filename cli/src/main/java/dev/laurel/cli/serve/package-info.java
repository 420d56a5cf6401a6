/** A server in this process. Command: serve. */
@NullMarked
package dev.laurel.cli.serve;

import org.jspecify.annotations.NullMarked;

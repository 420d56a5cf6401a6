/** Claims proven again: the registry's, the gate's, a version's. Commands: verify, gate, bisect, reproduce. */
@NullMarked
package dev.laurel.cli.verify;

import org.jspecify.annotations.NullMarked;

/** Pins moved by a person. Commands: promote, rollback, release. */
@NullMarked
package dev.laurel.cli.pin;

import org.jspecify.annotations.NullMarked;

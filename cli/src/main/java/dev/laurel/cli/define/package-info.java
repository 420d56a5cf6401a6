/** Definitions: a first one drafted from a file, one checked, what one may say. Commands: new, check, schema. */
@NullMarked
package dev.laurel.cli.define;

import org.jspecify.annotations.NullMarked;

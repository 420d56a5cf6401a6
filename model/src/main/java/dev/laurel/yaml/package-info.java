/** The one codec of every YAML document: strict reading with file and line in each error, canonical writing. */
@NullMarked
package dev.laurel.yaml;

import org.jspecify.annotations.NullMarked;

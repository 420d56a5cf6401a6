/** What a definition may hold, told from its types: for editors as a JSON Schema, for people as a reference and as the list of all that is wrong. */
@NullMarked
package dev.laurel.schema;

import org.jspecify.annotations.NullMarked;

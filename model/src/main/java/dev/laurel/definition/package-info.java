/** What a definition says: source, features, target, split, trainer, search and gate. The document is {@code models/<name>/model.yaml}. */
@NullMarked
package dev.laurel.definition;

import org.jspecify.annotations.NullMarked;

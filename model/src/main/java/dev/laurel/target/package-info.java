/** What a model is to say about a row: each kind of target is a record of its own. */
@NullMarked
package dev.laurel.target;

import org.jspecify.annotations.NullMarked;

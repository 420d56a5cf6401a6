/** What a model is: its values, its definition and the documents that are kept of a version. Immutable, validated when made, no I/O. */
@NullMarked
package dev.laurel.model;

import org.jspecify.annotations.NullMarked;

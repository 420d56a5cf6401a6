/** Rows in, vectors out: the one computation of features, used in training and in serving. Each kind of feature is a record of its own. */
@NullMarked
package dev.laurel.feature;

import org.jspecify.annotations.NullMarked;

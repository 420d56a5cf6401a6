/** Rows in, vectors out: the one computation of features and labels, used in training and in serving. */
@NullMarked
package dev.laurel.feature;

import org.jspecify.annotations.NullMarked;

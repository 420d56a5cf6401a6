/** From a model file to predictions, and back. */
@NullMarked
package dev.laurel.predictor;

import org.jspecify.annotations.NullMarked;

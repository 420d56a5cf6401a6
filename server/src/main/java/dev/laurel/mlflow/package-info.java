/** The scoring protocol of MLflow: {@code /invocations}, {@code /ping} and {@code /version}. */
@NullMarked
package dev.laurel.mlflow;

import org.jspecify.annotations.NullMarked;

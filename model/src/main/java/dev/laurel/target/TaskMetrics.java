package dev.laurel.target;

import dev.laurel.model.Metric;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** By which models of labels, and by which models of values can be judged. */
final class TaskMetrics {
    static final Set<Metric> OF_LABELS =
            Collections.unmodifiableSet(EnumSet.range(Metric.ACCURACY, Metric.CALIBRATION_ERROR));
    static final Set<Metric> OF_VALUES = Collections.unmodifiableSet(EnumSet.range(Metric.RMSE, Metric.BIAS));

    private TaskMetrics() {}
}

package dev.laurel.registry.rule;

import dev.laurel.evaluation.Report;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.history.CommitRevision;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** The versions that were trained on the day of the newest one, in UTC, by what their reports say of the gate's metric. */
final class BestOfDay {
    private final CommitRevision revision;
    private final ModelName model;

    BestOfDay(CommitRevision revision, ModelName model) {
        this.revision = revision;
        this.model = model;
    }

    /** All but the best; of two that are as good, the newer one is better. */
    Set<Version> others() {
        Metric metric = revision.definition(model).gate().metric();
        Set<Version> others = new TreeSet<>();
        LocalDate day = null;
        Version best = null;
        double most = Double.NaN;
        for (Version version : revision.newest(model, Integer.MAX_VALUE)) {
            LocalDate trained =
                    LocalDate.ofInstant(revision.provenance(model, version).trainedAt(), ZoneOffset.UTC);
            if (day != null && !day.equals(trained)) {
                return others;
            }
            day = trained;
            Report report = revision.report(model, version);
            double value = report.challenger().metrics().get(metric);
            boolean better =
                    best == null || (!Double.isNaN(value) && (Double.isNaN(most) || metric.gain(value, most) > 0));
            if (better) {
                if (best != null) {
                    others.add(best);
                }
                best = version;
                most = value;
            } else {
                others.add(version);
            }
        }
        return others;
    }
}

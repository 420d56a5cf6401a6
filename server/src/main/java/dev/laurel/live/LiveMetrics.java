package dev.laurel.live;

import dev.laurel.model.ModelName;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.monitor.ShownGauge;
import dev.laurel.monitor.ShownGauge.Row;
import dev.laurel.predict.LiveRole;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Champion and challenger of each model, by role, as metrics; as they are when somebody asks. They begin at 0 with each other version. */
public final class LiveMetrics {
    private final LiveTraffic live;
    private final ShownGauge answers;
    private final ShownGauge errors;
    private final ShownGauge latency;
    private final ShownGauge labels;
    private final ShownGauge compared;
    private final ShownGauge agreed;
    private final ShownGauge dropped;

    public LiveMetrics(LiveTraffic live, ServerMetrics metrics) {
        this.live = live;
        answers =
                ofVersion(metrics, "laurel_live_answers", "Requests that a version answered as champion or challenger");
        errors = ofVersion(metrics, "laurel_live_errors", "Requests that a version could not answer and should have");
        latency = ofVersion(
                metrics,
                "laurel_live_latency_seconds",
                "Time for features and answers, of the newest requests",
                "quantile");
        labels = ofVersion(metrics, "laurel_live_labels", "Rows by the label that a version gave them", "label");
        compared = metrics.shown("laurel_live_compared", "Rows that champion and challenger both answered", "model");
        agreed = metrics.shown("laurel_live_agreed", "Rows to which both gave the same answer", "model");
        dropped =
                metrics.shown("laurel_live_dropped", "Requests that were not compared, since too many waited", "model");
    }

    private static ShownGauge ofVersion(ServerMetrics metrics, String name, String help, String... more) {
        return metrics.shown(
                name,
                help,
                Stream.concat(Stream.of("model", "version", "role"), Stream.of(more))
                        .toArray(String[]::new));
    }

    public void refresh() {
        Rows rows = new Rows();
        live.all().forEach((model, seen) -> {
            rows.add(model, LiveRole.CHAMPION, seen.champion());
            rows.add(model, LiveRole.CHALLENGER, seen.challenger());
            if (seen.challenger() != null) {
                rows.compared.add(new Row(seen.compared(), model.value()));
                rows.agreed.add(new Row(seen.agreed(), model.value()));
                rows.dropped.add(new Row(seen.dropped(), model.value()));
            }
        });
        answers.show(rows.answers);
        errors.show(rows.errors);
        latency.show(rows.latency);
        labels.show(rows.labels);
        compared.show(rows.compared);
        agreed.show(rows.agreed);
        dropped.show(rows.dropped);
    }

    private static final class Rows {
        private final List<Row> answers = new ArrayList<>();
        private final List<Row> errors = new ArrayList<>();
        private final List<Row> latency = new ArrayList<>();
        private final List<Row> labels = new ArrayList<>();
        private final List<Row> compared = new ArrayList<>();
        private final List<Row> agreed = new ArrayList<>();
        private final List<Row> dropped = new ArrayList<>();

        void add(ModelName model, LiveRole role, LiveSide.@Nullable Seen seen) {
            if (seen == null) {
                return;
            }
            String version = seen.version();
            String as = role.toString();
            answers.add(new Row(seen.answers(), model.value(), version, as));
            errors.add(new Row(seen.errors(), model.value(), version, as));
            if (seen.p50Micros() != null && seen.p99Micros() != null) {
                latency.add(new Row(seen.p50Micros() / 1e6, model.value(), version, as, "0.5"));
                latency.add(new Row(seen.p99Micros() / 1e6, model.value(), version, as, "0.99"));
            }
            if (seen.labels() != null) {
                seen.labels().forEach((label, rows) -> labels.add(new Row(rows, model.value(), version, as, label)));
            }
        }
    }
}

package dev.laurel.live;

import dev.laurel.model.ModelName;
import dev.laurel.predict.LiveRole;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Champion and challenger of each model, by role, as metrics; as they are when somebody asks. They begin at 0 with each other version. */
public final class LiveMetrics {
    private final LiveTraffic live;
    private final MultiGauge answers;
    private final MultiGauge errors;
    private final MultiGauge latency;
    private final MultiGauge labels;
    private final MultiGauge compared;
    private final MultiGauge agreed;
    private final MultiGauge dropped;

    public LiveMetrics(LiveTraffic live, MeterRegistry registry) {
        this.live = live;
        answers = gauge(registry, "laurel.live.answers", "Requests that a version answered as champion or challenger");
        errors = gauge(registry, "laurel.live.errors", "Requests that a version could not answer and should have");
        latency = MultiGauge.builder("laurel.live.latency")
                .description("Time for features and answers, of the newest requests")
                .baseUnit("seconds")
                .register(registry);
        labels = gauge(registry, "laurel.live.labels", "Rows by the label that a version gave them");
        compared = gauge(registry, "laurel.live.compared", "Rows that champion and challenger both answered");
        agreed = gauge(registry, "laurel.live.agreed", "Rows to which both gave the same answer");
        dropped = gauge(registry, "laurel.live.dropped", "Requests that were not compared, since too many waited");
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    public void refresh() {
        Rows rows = new Rows();
        live.all().forEach((model, seen) -> {
            rows.add(model, LiveRole.CHAMPION, seen.champion());
            rows.add(model, LiveRole.CHALLENGER, seen.challenger());
            if (seen.challenger() != null) {
                Tags tags = Tags.of("model", model.value());
                rows.compared.add(Row.of(tags, seen.compared()));
                rows.agreed.add(Row.of(tags, seen.agreed()));
                rows.dropped.add(Row.of(tags, seen.dropped()));
            }
        });
        answers.register(rows.answers, true);
        errors.register(rows.errors, true);
        latency.register(rows.latency, true);
        labels.register(rows.labels, true);
        compared.register(rows.compared, true);
        agreed.register(rows.agreed, true);
        dropped.register(rows.dropped, true);
    }

    private static final class Rows {
        private final List<Row<?>> answers = new ArrayList<>();
        private final List<Row<?>> errors = new ArrayList<>();
        private final List<Row<?>> latency = new ArrayList<>();
        private final List<Row<?>> labels = new ArrayList<>();
        private final List<Row<?>> compared = new ArrayList<>();
        private final List<Row<?>> agreed = new ArrayList<>();
        private final List<Row<?>> dropped = new ArrayList<>();

        void add(ModelName model, LiveRole role, LiveSide.@Nullable Seen seen) {
            if (seen == null) {
                return;
            }
            Tags tags = Tags.of("model", model.value(), "version", seen.version(), "role", role.toString());
            answers.add(Row.of(tags, seen.answers()));
            errors.add(Row.of(tags, seen.errors()));
            if (seen.p50Micros() != null && seen.p99Micros() != null) {
                latency.add(Row.of(tags.and("quantile", "0.5"), seen.p50Micros() / 1e6));
                latency.add(Row.of(tags.and("quantile", "0.99"), seen.p99Micros() / 1e6));
            }
            if (seen.labels() != null) {
                seen.labels().forEach((label, rows) -> labels.add(Row.of(tags.and("label", label), rows)));
            }
        }
    }
}

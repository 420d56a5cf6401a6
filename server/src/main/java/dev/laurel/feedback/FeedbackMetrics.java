package dev.laurel.feedback;

import dev.laurel.model.ModelName;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.monitor.ShownGauge;
import dev.laurel.monitor.ShownGauge.Row;
import dev.laurel.store.Score;
import dev.laurel.store.TellOutcome;
import dev.laurel.yaml.Yaml;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Feedback as metrics. Of each model the newest versions are shown. */
public final class FeedbackMetrics {
    private static final int MOST_SCORES = 6;

    private final MeterRegistry registry;
    private final Predicate<ModelName> labels;
    private final ShownGauge rows;
    private final ShownGauge values;
    private final ShownGauge lows;
    private final ShownGauge highs;
    private final Counter dropped;
    private final Map<ModelName, List<Score>> shown = new TreeMap<>();

    /** @param labels whether a model answers with labels */
    public FeedbackMetrics(ServerMetrics metrics, Predicate<ModelName> labels) {
        registry = metrics.registry();
        this.labels = labels;
        rows = metrics.shown(
                "laurel_feedback_rows",
                "Answers whose truth is known, of the newest truths of the model",
                "model",
                "version",
                "role");
        values = score(metrics, "laurel_feedback_score", "Accuracy of labels, MAE and RMSE of values, over these rows");
        lows = score(metrics, "laurel_feedback_score_low", "The lower end of its interval of 95 %");
        highs = score(metrics, "laurel_feedback_score_high", "The upper end of its interval of 95 %");
        dropped = Counter.builder("laurel.feedback.dropped")
                .description("Answers that were not kept for feedback, since too many waited or the store was away")
                .register(registry);
    }

    private static ShownGauge score(ServerMetrics metrics, String name, String help) {
        return metrics.shown(name, help, "model", "version", "role", "metric");
    }

    boolean isOfLabels(ModelName model) {
        return labels.test(model);
    }

    void dropped(int answers) {
        dropped.increment(answers);
    }

    void told(ModelName model, TellOutcome outcome) {
        told(model, Yaml.word(outcome));
    }

    /** @param outcome a word of ours */
    void told(ModelName model, String outcome) {
        Counter.builder("laurel.feedback.told")
                .description("Truths that were told, by what came of them")
                .tags("model", model.value(), "outcome", outcome)
                .register(registry)
                .increment();
    }

    synchronized void show(ModelName model, List<Score> scores) {
        shown.put(
                model,
                scores.stream()
                        .sorted(Comparator.comparing(Score::version).reversed())
                        .limit(MOST_SCORES)
                        .toList());
        List<Row> counted = new ArrayList<>();
        List<Row> value = new ArrayList<>();
        List<Row> low = new ArrayList<>();
        List<Row> high = new ArrayList<>();
        shown.forEach((name, all) -> all.forEach(score -> {
            String version = score.version().toString();
            counted.add(new Row(score.tally().rows(), name.value(), version, score.role()));
            ScoreValues.of(score.tally(), labels.test(name)).forEach((metric, of) -> {
                List<String> series = List.of(name.value(), version, score.role(), metric);
                value.add(new Row(of.value(), series));
                if (of.low() != null && of.high() != null) {
                    low.add(new Row(of.low(), series));
                    high.add(new Row(of.high(), series));
                }
            });
        }));
        rows.show(counted);
        values.show(value);
        lows.show(low);
        highs.show(high);
    }
}

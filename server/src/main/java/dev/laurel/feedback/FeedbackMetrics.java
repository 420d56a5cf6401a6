package dev.laurel.feedback;

import dev.laurel.model.ModelName;
import dev.laurel.store.Score;
import dev.laurel.store.TellOutcome;
import dev.laurel.yaml.Yaml;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
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
    private final MultiGauge rows;
    private final MultiGauge values;
    private final MultiGauge lows;
    private final MultiGauge highs;
    private final Counter dropped;
    private final Map<ModelName, List<Score>> shown = new TreeMap<>();

    /** @param labels whether a model answers with labels */
    public FeedbackMetrics(MeterRegistry registry, Predicate<ModelName> labels) {
        this.registry = registry;
        this.labels = labels;
        rows = gauge("laurel.feedback.rows", "Answers whose truth is known, of the newest truths of the model");
        values = gauge("laurel.feedback.score", "Accuracy of labels, MAE and RMSE of values, over these rows");
        lows = gauge("laurel.feedback.score.low", "The lower end of its interval of 95 %");
        highs = gauge("laurel.feedback.score.high", "The upper end of its interval of 95 %");
        dropped = Counter.builder("laurel.feedback.dropped")
                .description("Answers that were not kept for feedback, since too many waited or the store was away")
                .register(registry);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
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
        List<Row<?>> counted = new ArrayList<>();
        List<Row<?>> value = new ArrayList<>();
        List<Row<?>> low = new ArrayList<>();
        List<Row<?>> high = new ArrayList<>();
        shown.forEach((name, all) -> all.forEach(score -> {
            Tags tags =
                    Tags.of("model", name.value(), "version", score.version().toString(), "role", score.role());
            counted.add(Row.of(tags, score.tally().rows()));
            ScoreValues.of(score.tally(), labels.test(name)).forEach((metric, of) -> {
                Tags own = tags.and("metric", metric);
                value.add(Row.of(own, of.value()));
                if (of.low() != null && of.high() != null) {
                    low.add(Row.of(own, of.low()));
                    high.add(Row.of(own, of.high()));
                }
            });
        }));
        rows.register(counted, true);
        values.register(value, true);
        lows.register(low, true);
        highs.register(high, true);
    }
}

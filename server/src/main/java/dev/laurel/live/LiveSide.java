package dev.laurel.live;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.laurel.model.Version;
import dev.laurel.task.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one version on live traffic. */
public final class LiveSide {
    private static final int NEWEST = 4096;
    private static final double[] SHARES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 1};

    private final Version version;
    private final Recent nanos = new Recent(NEWEST);
    private final Recent values = new Recent(NEWEST);
    private final Map<String, Long> labels = new TreeMap<>();
    private long answers;
    private long errors;

    /**
     * How a version does, for programs.
     *
     * @param answers to requests; a request may have several rows
     * @param errors requests that it could not answer and should have
     * @param p50Micros of the newest 4,096 requests, as {@code p99Micros}; absent while there are none
     * @param labels how many rows got each; absent where it answers with values
     * @param quantiles of the newest 4,096 values at 0, 0.1, 0.25, 0.5, 0.75, 0.9 and 1; absent where it answers with labels
     */
    public record Seen(
            String version,
            long answers,
            long errors,
            @JsonProperty("p50_micros") @Nullable Double p50Micros,
            @JsonProperty("p99_micros") @Nullable Double p99Micros,
            @Nullable Map<String, Long> labels,
            @Nullable List<Double> quantiles) {}

    LiveSide(Version version) {
        this.version = version;
    }

    Version version() {
        return version;
    }

    synchronized void answered(List<Answer> given, long took) {
        answers++;
        nanos.add((double) took);
        for (Answer answer : given) {
            if (answer instanceof Answer.Classified classified) {
                labels.merge(classified.label(), 1L, Long::sum);
            } else {
                values.add(((Answer.Estimated) answer).value());
            }
        }
    }

    synchronized void failed() {
        errors++;
    }

    synchronized Seen seen() {
        double[] times = nanos.quantiles(0.5, 0.99);
        boolean estimates = !Double.isNaN(values.quantile(0));
        return new Seen(
                version.toString(),
                answers,
                errors,
                answers == 0 ? null : times[0] / 1000,
                answers == 0 ? null : times[1] / 1000,
                labels.isEmpty() ? null : Map.copyOf(labels),
                estimates ? Arrays.stream(values.quantiles(SHARES)).boxed().toList() : null);
    }
}

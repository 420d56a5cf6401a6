package dev.laurel.evaluation;

import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.Experiment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.split.Sides;
import dev.laurel.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation report of a version, {@code report.yaml}: what was tried, what was chosen, and how challenger and champion did on the
 * very same rows.
 *
 * @param clock the key of the newest row that the run knew; absent where rows have no keys
 * @param champion absent when the environment had no champion
 * @param naive what answers that need no model come to on the evaluation rows; absent where they were not measured
 */
public record Report(
        ModelName model,
        Version version,
        Environment environment,
        String source,
        @Nullable String clock,
        Windows windows,
        List<ExperimentResult> experiments,
        Side challenger,
        @Nullable Side champion,
        @Nullable Metrics naive,
        Decision decision) {

    /** The rows that each step of the run used. */
    public record Windows(Window training, Window validation, Window evaluation) {
        /** Of several folds those that come last. */
        public static Windows of(Sides sides, Table table) {
            return new Windows(
                    window(sides.last().training(), table),
                    window(sides.last().validation(), table),
                    window(sides.evaluation(), table));
        }

        /** @param rows of the table, in rising order */
        public static Window window(int[] rows, Table table) {
            return new Window(table.keyOrNull(rows[0]), table.keyOrNull(rows[rows.length - 1]), rows.length);
        }
    }

    /**
     * An experiment and its metrics on the validation rows.
     *
     * @param pruned after which part of it it was given up, such as {@code after 32 trees}, with the metrics of that part; absent where it was
     *     not
     */
    public record ExperimentResult(
            Experiment experiment,
            boolean chosen,
            Metrics validation,
            @Nullable String pruned) {
        public ExperimentResult(Experiment experiment, boolean chosen, Metrics validation) {
            this(experiment, chosen, validation, null);
        }

        public ExperimentResult {
            Expect.that(!chosen || pruned == null, "chosen", "a pruned experiment", "one that came to its end");
        }
    }

    /** One of the two that were compared, with its metrics on the evaluation rows. */
    public record Side(Version version, Metrics metrics) {}

    public Report {
        experiments = List.copyOf(experiments);
        Expect.notEmpty("experiments", experiments);
        Expect.that(
                experiments.stream().filter(ExperimentResult::chosen).count() == 1,
                "chosen",
                experiments.size(),
                "exactly one experiment");
        Expect.that(challenger.version().equals(version), "challenger", challenger.version(), version.toString());
    }

    public Experiment chosen() {
        return experiments.stream()
                .filter(ExperimentResult::chosen)
                .findFirst()
                .orElseThrow()
                .experiment();
    }
}

package dev.laurel.card;

import static dev.laurel.golden.Golden.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.evaluation.Importance;
import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.FittedState;
import dev.laurel.feature.Return;
import dev.laurel.feature.State;
import dev.laurel.gate.Contest;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import dev.laurel.split.Rolling;
import dev.laurel.task.Classification;
import dev.laurel.task.Direction;
import dev.laurel.task.Predictions;
import dev.laurel.task.Regression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CardTest {
    private static final Classification UP_OR_DOWN = new Classification(List.of("UP", "DOWN"));

    private final Predictions challenger = predictions(60, 0.35, 1);
    private final Comparison.Champion champion = new Comparison.Champion(new Version(5), predictions(60, 0.15, 2));

    @Test
    void writesTheCardOfAVersionThatBeatItsChampion() throws IOException {
        assertGolden("card/README.md", card(challenger, champion, FittedState.NONE, "Debian 17.0.15+6"));
    }

    @Test
    void writesTheCardOfTheFirstVersion() throws IOException {
        assertGolden("card/README-bootstrap.md", card(challenger, null, FittedState.NONE, "Debian 17.0.15+6"));
    }

    @Test
    void drawsTheComparisonWithTheChampion() throws IOException {
        assertGolden("card/evaluation.svg", plot(Metric.ACCURACY, challenger, champion));
    }

    @Test
    void drawsTheFirstVersionAlone() throws IOException {
        assertGolden("card/evaluation-bootstrap.svg", plot(Metric.LOG_LOSS, challenger, null));
    }

    @Test
    void drawsRowsThatHaveOneLabelOnlyWithoutACurve() throws Exception {
        Predictions oneLabel =
                new Predictions(UP_OR_DOWN, new double[] {0, 0}, new double[][] {{0.4, 0.6}, {0.6, 0.4}});
        String svg = plot(Metric.AUC, oneLabel, null);

        assertThat(svg).contains("v6 AUC n/a").doesNotContain("NaN");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void drawsThreeLabelsAsAMatrix() throws IOException {
        assertGolden("card/evaluation-labels.svg", plot(Metric.ACCURACY, three(), null));
    }

    private static Predictions three() {
        return new Predictions(
                new Classification(List.of("setosa", "versi<color>", "virginica")),
                new double[] {0, 1, 2, 1},
                new double[][] {{0.9, 0.1, 0}, {0.1, 0.6, 0.3}, {0, 0.6, 0.4}, {0, 1, 0}});
    }

    @Test
    void drawsValuesAgainstTheTruth() throws IOException {
        assertGolden("card/evaluation-values.svg", plot(Metric.RMSE, values(), null));
    }

    private static Predictions values() {
        return new Predictions(
                new Regression("EUR"), new double[] {1, 2, 3, -1}, new double[][] {{1.5}, {2}, {2.25}, {-0.5}});
    }

    @Test
    void writesTheNumbersOfThreeLabelsAndOfValues() throws IOException {
        assertGolden("card/README-labels.md", card(three(), null, FittedState.NONE, "17"));
        assertGolden("card/README-values.md", card(values(), null, FittedState.NONE, "17"));
    }

    @Test
    void hasNoPictureOfWhatWasNotMeasuredHere() {
        Exhibit exhibit = new Exhibit(report(challenger, null), null, null);

        assertThat(new Card(definition(), exhibit, FittedState.NONE, provenance("17"), modelFile()).markdown())
                .contains("| was UP |", "| volatility_<20> | +0.0800 | 0.0100 to 0.1600 |")
                .doesNotContain(Card.PLOT, "came true");
    }

    @Test
    void showsWhatFeaturesLearned() {
        FittedState fitted = new FittedState(
                new TreeMap<>(Map.of("port", State.ofWords(List.of("C", "S|T")))),
                new TreeMap<>(Map.of("age", State.ofNumbers(29.5))));

        assertThat(card(challenger, null, fitted, "17")).contains("| port | C, S\\|T |\n| missing age | 29.5000 |\n");
    }

    @Test
    void doesNotDependOnTheLocaleOfTheMachine() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertGolden("card/README.md", card(challenger, champion, FittedState.NONE, "Debian 17.0.15+6"));
            assertGolden("card/evaluation.svg", plot(Metric.ACCURACY, challenger, champion));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsForeignTextInItsCell() {
        assertThat(card(challenger, null, FittedState.NONE, "a | b\nc"))
                .contains("| platform | Java a \\| b c, Linux 6.1, amd64 |");
    }

    private static String card(
            Predictions answers, Comparison.@Nullable Champion opponent, FittedState fitted, String java) {
        Exhibit exhibit = new Exhibit(report(answers, opponent), answers, opponent);
        return new Card(definition(), exhibit, fitted, provenance(java), modelFile()).markdown();
    }

    private static String plot(Metric metric, Predictions answers, Comparison.@Nullable Champion opponent) {
        return new EvaluationPlot(metric, new Exhibit(report(answers, opponent), answers, opponent)).svg();
    }

    private static VersionRecord.Content modelFile() {
        return new VersionRecord.Content(Digest.of(new byte[] {1}), 812_345);
    }

    private static Definition definition() {
        return new Definition(
                new ModelName("spy-direction"),
                "Whether SPY closes higher on the next trading day.",
                null,
                new Source.Bundled("sp500-2000"),
                null,
                null,
                new Direction("close", 1, "UP", "DOWN"),
                List.of(new Return("return_1", "close", 1)),
                new Rolling(null, 500, 60, 60),
                null,
                null,
                new Trainer.RandomForest(100, 12, 0.5, 2, 1),
                List.of(forest(50, 3), forest(100, 5), forest(200, 8)),
                null,
                42,
                new Gate(Metric.ACCURACY, 0.01, 60, Gate.Mode.COMMIT),
                null,
                null,
                null);
    }

    private static Report report(Predictions challenger, Comparison.@Nullable Champion opponent) {
        Gate gate = definition().gate();
        Decision decision = gate.decide(new Contest(
                gate.metric(),
                challenger,
                opponent == null ? null : opponent.predictions(),
                challenger.metrics(),
                Map.of(),
                1,
                null));
        return new Report(
                new ModelName("spy-direction"),
                new Version(6),
                new Environment("production"),
                "bundled rows sp500-2000",
                "2019-04-24",
                new Report.Windows(
                        new Window("2016-10-27", "2018-10-23", 500),
                        new Window("2018-10-25", "2019-01-23", 60),
                        new Window("2019-01-25", "2019-04-22", 60)),
                List.of(
                        new Report.ExperimentResult(
                                forest(50, 3), false, predictions(60, 0.1, 3).metrics()),
                        new Report.ExperimentResult(
                                forest(100, 5), true, predictions(60, 0.3, 4).metrics()),
                        new Report.ExperimentResult(
                                forest(200, 8), false, predictions(60, 0.2, 5).metrics())),
                new Report.Side(new Version(6), challenger.metrics()),
                opponent == null
                        ? null
                        : new Report.Side(
                                opponent.version(), opponent.predictions().metrics()),
                predictions(60, 0, 6).metrics(),
                new Importance(
                        Metric.ACCURACY,
                        Math.min(50, challenger.rows()),
                        5,
                        0,
                        List.of(
                                new Importance.Loss("return_1", -0.01, new Interval(-0.05, 0.02)),
                                new Importance.Loss("weekday", 0, null),
                                new Importance.Loss("volatility_<20>", 0.08, new Interval(0.01, 0.16)))),
                decision);
    }

    private static Provenance provenance(String java) {
        return new Provenance(
                new ModelName("spy-direction"),
                new Version(6),
                Digest.of(new byte[] {2}),
                Digest.of(new byte[] {3}),
                "",
                "3f786850e387550fdab836ed7e6dc881de23001b",
                42,
                "0.1.0",
                java,
                "Linux 6.1",
                "amd64",
                new TreeMap<>(Map.of("tribuo", "4.3.2", "protobuf", "4.36.2")),
                Instant.parse("2026-11-21T10:15:30Z"),
                Instant.parse("2026-11-21T10:15:33.250Z"));
    }

    /** Labels at random and probabilities that lean to the right side by {@code skill}. */
    private static Predictions predictions(int rows, double skill, long seed) {
        Random labels = new Random(rows);
        Random noise = new Random(seed);
        double[] truth = new double[rows];
        double[][] scores = new double[rows][];
        for (int row = 0; row < rows; row++) {
            boolean positive = labels.nextBoolean();
            truth[row] = positive ? 0 : 1;
            double lean = positive ? skill : -skill;
            double probability = Math.min(1, Math.max(0, 0.5 + lean / 2 + 0.2 * noise.nextGaussian()));
            scores[row] = new double[] {probability, 1 - probability};
        }
        return new Predictions(UP_OR_DOWN, truth, scores);
    }

    private static Experiment forest(int trees, int depth) {
        return Experiment.of(Map.of("trees", (double) trees, "depth", (double) depth));
    }
}

package dev.laurel;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Ignored;
import dev.laurel.definition.Range;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.Filling;
import dev.laurel.feature.FittedState;
import dev.laurel.feature.Missing;
import dev.laurel.feature.MovingAverage;
import dev.laurel.feature.OneHot;
import dev.laurel.feature.Return;
import dev.laurel.feature.Standardise;
import dev.laurel.feature.State;
import dev.laurel.feature.Volatility;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.split.Hashed;
import dev.laurel.split.Rolling;
import dev.laurel.task.Classification;
import dev.laurel.task.Direction;
import dev.laurel.task.Label;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One value of each kind of document; {@code golden/v1} holds what is written of them. */
public final class Documents {
    public static final ModelName MODEL = new ModelName("spy-direction");
    public static final Version V7 = new Version(7);
    public static final Version V5 = new Version(5);

    public static final Definition DEFINITION = new Definition(
            MODEL,
            "Whether SPY closes higher on the next trading day",
            null,
            new Source.Yahoo("SPY", "1d", "sp500-2000", null),
            null,
            null,
            new Direction("close", 1, "UP", "DOWN"),
            List.of(
                    new Return("return_1", "close", 1),
                    new MovingAverage("average_3", "close", 3),
                    new MovingAverage("average_5", "close", 5),
                    new Volatility("volatility_3", "close", 3)),
            new Rolling(LocalDate.of(2019, 4, 17), 500, 60, 60),
            null,
            null,
            new Trainer.RandomForest(100, 12, 0.5, 2, 1),
            List.of(experiment(50, 3), experiment(100, 5), experiment(200, 8)),
            null,
            42,
            new Gate(Metric.ACCURACY, 0.01, 60, Gate.Mode.COMMIT),
            null,
            null,
            null);

    public static final Signature SIGNATURE = new Signature(
            "date",
            List.of(new SourceColumn("close", SourceColumn.Type.NUMBER)),
            4,
            List.of("return_1", "average_3", "average_5", "volatility_3"),
            new Classification(List.of("UP", "DOWN")));

    /** One that says what the other one leaves out. */
    public static final Definition FLOWERS = new Definition(
            new ModelName("flowers"),
            "Which species a flower is of",
            null,
            new Source.Bundled("flowers"),
            List.of(new Filling("petal", Missing.MEDIAN, null), new Filling("colour", Missing.CATEGORY, null)),
            List.of(new Ignored("price", "the shop looks at the species first")),
            new Label("species", null),
            List.of(new Standardise("petal", "petal"), new OneHot("colour", "colour", null)),
            new Hashed(0.6, 0.2, 0.2, null),
            null,
            null,
            new Trainer.Knn(5),
            null,
            new Search.RandomSearch(3, new TreeMap<>(Map.of("neighbours", new Range(1, 20, false)))),
            7,
            new Gate(Metric.BALANCED_ACCURACY, 0, 20, Gate.Mode.MANUAL),
            null,
            null,
            null);

    /** What the features of {@link #FLOWERS} may have learned. */
    public static final FittedState FITTED = new FittedState(
            new TreeMap<>(Map.of(
                    "petal",
                    State.ofNumbers(3.75, 1.5),
                    "colour",
                    State.ofWords(List.of("(missing)", "red", "white")))),
            new TreeMap<>(Map.of("petal", State.ofNumbers(4.25))));

    private static final List<Double> PRICES =
            List.of(2501.25, 2560.0, 2620.5, 2680.0, 2740.0, 2800.0, 2860.0, 2920.0, 2980.0, 3040.0, 3100.75);

    public static final Profile PROFILE = new Profile(
            500,
            List.of(
                    new Profile.Distribution(
                            "return_1",
                            0.0004,
                            0.0109,
                            List.of(
                                    -0.0361, -0.012, -0.006, -0.0025, -1e-4, 4e-4, 0.002, 0.0042, 0.0075, 0.0124,
                                    0.0484)),
                    new Profile.Distribution("average_3", 2801.5, 101.25, PRICES),
                    new Profile.Distribution("average_5", 2800.75, 100.5, PRICES),
                    new Profile.Distribution(
                            "volatility_3",
                            0.0083,
                            0.0061,
                            List.of(
                                    2e-10, 0.0021, 0.0033, 0.0045, 0.0057, 0.0071, 0.0085, 0.0101, 0.0125, 0.0166,
                                    0.0442))),
            new TreeMap<>(Map.of("UP", 0.554, "DOWN", 0.446)),
            null);

    public static final Pin PIN = new Pin(
            MODEL,
            V7,
            digest("9f"),
            412_345,
            digest("77"),
            V5,
            Pin.By.AUTOMATION,
            null,
            new Pin.Evidence(Metric.ACCURACY, 35 / 60.0, 33 / 60.0, 60, digest("c0")));

    public static final Pin PIN_BY_PERSON = new Pin(
            MODEL, V5, digest("9e"), 412_001, digest("76"), null, Pin.By.PERSON, "v7: too sure of itself", null);

    public static final Pin PIN_BY_LIVE_TRAFFIC = new Pin(
            MODEL,
            V7,
            digest("9f"),
            412_345,
            digest("77"),
            V5,
            Pin.By.AUTOMATION,
            null,
            null,
            new LiveEvidence(
                    2,
                    3_605,
                    new LiveEvidence.Side(V7, 1_200, 0, 850),
                    new LiveEvidence.Side(V5, 4_800, 1, 790),
                    1_180,
                    1_151));

    public static final ChallengerPin CHALLENGER = new ChallengerPin(
            MODEL,
            V7,
            digest("9f"),
            412_345,
            digest("77"),
            ChallengerMode.CANARY,
            20,
            Pin.By.PERSON,
            "a week on a fifth of the traffic",
            null);

    public static final VersionRecord RECORD = new VersionRecord(
            MODEL,
            V7,
            new TreeMap<>(Map.of(
                    "spy-direction.model", new VersionRecord.Content(digest("9f"), 412_345),
                    "report.yaml", new VersionRecord.Content(digest("01"), 3_120),
                    "provenance.yaml", new VersionRecord.Content(digest("02"), 1_024),
                    "profile.yaml", new VersionRecord.Content(digest("03"), 1_530),
                    "README.md", new VersionRecord.Content(digest("04"), 2_048),
                    "evaluation.svg", new VersionRecord.Content(digest("05"), 9_001))),
            new VersionRecord.Content(digest("c0"), 45_678));

    public static final Report REPORT = new Report(
            MODEL,
            V7,
            new Environment("production"),
            "Yahoo Finance SPY 1d",
            "2019-05-03",
            new Report.Windows(
                    new Window("2016-11-09", "2018-11-02", 500),
                    new Window("2018-11-06", "2019-02-04", 60),
                    new Window("2019-02-06", "2019-05-02", 60)),
            List.of(
                    new Report.ExperimentResult(experiment(50, 3), false, metrics(0.515, 20, 10)),
                    new Report.ExperimentResult(experiment(100, 5), true, metrics(0.61, 24, 12)),
                    new Report.ExperimentResult(experiment(200, 8), false, metrics(Double.NaN, 24, 9))),
            new Report.Side(V7, metrics(0.5875, 24, 11)),
            new Report.Side(V5, metrics(0.5525, 23, 10)),
            metrics(0.5, 33, 0),
            null,
            Decision.passed("accuracy 0.5833 against 0.5500, gain +0.0333"));

    public static final Provenance PROVENANCE = new Provenance(
            MODEL,
            V7,
            digest("d0"),
            digest("c0"),
            "3 rows without a price dropped",
            "5a1f0e8c6b1d4f1c9a3e2b7d8c6f5a4b3c2d1e0f",
            42,
            "0.1.0",
            "17.0.15",
            "Linux 6.1",
            "amd64",
            new TreeMap<>(Map.of("tribuo", "4.3.2", "protobuf", "4.36.2")),
            Instant.parse("2026-11-21T09:30:00Z"),
            Instant.parse("2026-11-21T09:30:04.250Z"));

    private Documents() {}

    private static Digest digest(String start) {
        return new Digest(start + "0".repeat(64 - start.length()));
    }

    public static Experiment experiment(double trees, double depth) {
        return Experiment.of(Map.of("trees", trees, "depth", depth));
    }

    /** Of 33 rows that went up and 27 that did not. */
    private static Metrics metrics(double auc, int up, int down) {
        return new Metrics(
                60,
                new TreeMap<>(Map.of(
                        "accuracy", (up + down) / 60.0,
                        "precision", 0.6,
                        "recall", up / 33.0,
                        "f1", 0.625,
                        "auc", auc,
                        "log-loss", 0.6789,
                        "brier", 0.2431)),
                new Metrics.Confusion(List.of("UP", "DOWN"), List.of(List.of(up, 33 - up), List.of(27 - down, down))));
    }
}

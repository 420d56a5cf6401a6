package dev.laurel;

import dev.laurel.model.Decision;
import dev.laurel.definition.Definition;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Feature;
import dev.laurel.definition.Gate;
import dev.laurel.model.Metric;
import dev.laurel.evaluation.Metrics;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.drift.Profile;
import dev.laurel.model.Provenance;
import dev.laurel.evaluation.Report;
import dev.laurel.predictor.Signature;
import dev.laurel.definition.Source;
import dev.laurel.model.Split;
import dev.laurel.model.Target;
import dev.laurel.model.Task;
import dev.laurel.definition.Trainer;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.Window;
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
            Task.CLASSIFICATION,
            null,
            new Source.Yahoo("SPY", "1d", "sp500-2000", null),
            new Target("close", 1, "UP", "DOWN"),
            List.of(
                    new Feature("return_1", Feature.Kind.RETURN, "close", 1),
                    new Feature("average_3", Feature.Kind.MOVING_AVERAGE, "close", 3),
                    new Feature("average_5", Feature.Kind.MOVING_AVERAGE, "close", 5),
                    new Feature("volatility_3", Feature.Kind.VOLATILITY, "close", 3)),
            new Split(LocalDate.of(2019, 4, 17), 500, 60, 60),
            new Trainer.RandomForest(0.5),
            List.of(new Experiment(50, 3), new Experiment(100, 5), new Experiment(200, 8)),
            42,
            new Gate(Metric.ACCURACY, 0.01, 60, Gate.Mode.COMMIT),
            null);

    public static final Signature SIGNATURE = Signature.of(DEFINITION);

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
            0.554);

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
                    new Report.ExperimentResult(new Experiment(50, 3), false, metrics(0.515, 20, 10)),
                    new Report.ExperimentResult(new Experiment(100, 5), true, metrics(0.61, 24, 12)),
                    new Report.ExperimentResult(new Experiment(200, 8), false, metrics(Double.NaN, 24, 9))),
            new Report.Side(V7, metrics(0.5875, 24, 11)),
            new Report.Side(V5, metrics(0.5525, 23, 10)),
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

    private static Metrics metrics(double auc, int truePositives, int trueNegatives) {
        Metrics.Confusion confusion =
                new Metrics.Confusion(truePositives, 27 - trueNegatives, trueNegatives, 33 - truePositives);
        double accuracy = (truePositives + trueNegatives) / 60.0;
        return new Metrics(60, accuracy, 0.6, truePositives / 33.0, 0.625, auc, 0.6789, 0.2431, confusion);
    }
}

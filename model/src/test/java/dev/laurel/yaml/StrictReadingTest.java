package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.Golden;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Keep;
import dev.laurel.definition.Retention;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row breaks one line of a golden document; most of its length are those rows. */
class StrictReadingTest {

    /** The line that a message has to name. A comment, so that it does no harm. */
    private static final String HERE = "# here";

    private static final String FEATURES =
            "column, lag, difference, return, moving-average, rolling, volatility, calendar,"
                    + " one-hot, ordinal, log, standardise, min-max, bins, interaction";
    private static final String TRAINERS =
            "random-forest, extra-trees, bagging, decision-tree, logistic, linear, ridge,"
                    + " lasso, elastic-net, knn, svc, svr, gradient-boosting";
    private static final String METRICS =
            "accuracy, balanced-accuracy, precision, recall, f1, auc, pr-auc, log-loss, brier,"
                    + " calibration-error, rmse, mae, mape, r2, median-error, p90-error, bias";

    static Stream<Arguments> unknownMissingAndDoubledKeys() {
        return Stream.of(
                row(
                        "seed: 42",
                        "sead: 42 # here",
                        "sead: unknown key (expected: one of model, description, schedule, source, columns, ignored, target, features, split, balance, calibrate, trainer, experiments, search, seed, gate, retention, keep, on_drift)"),
                row(
                        "seed: 42",
                        "seed: 42\nnote: x # here",
                        "note: unknown key (expected: one of model, description, schedule, source, columns, ignored, target, features, split, balance, calibrate, trainer, experiments, search, seed, gate, retention, keep, on_drift)"),
                row(
                        "  - depth: 5",
                        "  - deepness: 5 # here",
                        "experiments[1].deepness: unknown hyperparameter (expected: one of trees, depth, feature_fraction, minimum_split, minimum_leaf)"),
                row(
                        "  trees: 100",
                        "  leaves: 100 # here",
                        "trainer.leaves: unknown key (expected: one of trees, depth, feature_fraction, minimum_split, minimum_leaf)"),
                row(
                        "  ticker: SPY",
                        "  tikker: SPY # here",
                        "source.tikker: unknown key (expected: one of ticker, interval, fallback, chosen)"),
                row(
                        "  feature_fraction: 0.5",
                        "  feature_fraction: 0.5\n  1: 2 # here",
                        "trainer.1: unknown key (expected: one of trees, depth, feature_fraction, minimum_split, minimum_leaf)"),
                row(
                        "seed: 42",
                        "seed: 42\n<<: {gate: 1} # here",
                        "<<: unknown key (expected: one of model, description, schedule, source, columns, ignored, target, features, split, balance, calibrate, trainer, experiments, search, seed, gate, retention, keep, on_drift)"),
                row(
                        "model: spy-direction\ndescription: Whether SPY closes higher on the next trading day",
                        "description: x # here",
                        "model: missing (expected: a value)"),
                row("gate:\n  metric: accuracy", "gate: # here", "gate.metric: missing (expected: a value)"),
                row(
                        "source:\n  kind: yahoo",
                        "source: # here",
                        "source.kind: missing (expected: one of yahoo, bundled, csv, jdbc, joined)"),
                row(
                        "  - kind: volatility\n    name: volatility_3",
                        "  - name: volatility_3 # here",
                        "features[3].kind: missing (expected: one of %s)".formatted(FEATURES)),
                row(
                        "  - kind: volatility",
                        "  - kind: volatile # here",
                        "features[3].kind: volatile (expected: one of %s)".formatted(FEATURES)),
                row(
                        "  kind: direction",
                        "  kind: way # here",
                        "target.kind: way (expected: one of direction, change, value, label)"),
                row(
                        "  kind: rolling",
                        "  kind: random # here",
                        "split.kind: random (expected: one of rolling, chronological, walk-forward, hashed)"),
                row("seed: 42", "seed: 42\nseed: 42 # here", "seed: doubled key (expected: each key once)"),
                row(
                        "  - depth: 3",
                        "  - depth: 3\n    depth: 3 # here",
                        "experiments[0].depth: doubled key (expected: each key once)"),
                row(
                        "seed: 42",
                        "? " + "k".repeat(101) + " # here\n: 1",
                        "a key of 101 characters (expected: at most 100)"));
    }

    static Stream<Arguments> valuesOfTheWrongType() {
        return Stream.of(
                row("seed: 42", "seed: null # here", "seed: null (expected: a value)"),
                row("seed: 42", "seed: # here", "seed: null (expected: a value)"),
                row("  fallback: sp500-2000", "  fallback: ~ # here", "source.fallback: null (expected: a value)"),
                row("  - depth: 3\n    trees: 50", "  - ~ # here", "experiments[0]: null (expected: a value)"),
                row("seed: 42", "seed: 4.2 # here", "seed: 4.2 (expected: a whole number)"),
                row("seed: 42", "seed: '42' # here", "seed: '42' (expected: a whole number)"),
                row("seed: 42", "seed: true # here", "seed: true (expected: a whole number)"),
                row("seed: 42", "seed: [42] # here", "seed: a list (expected: a whole number)"),
                row("seed: 42", "seed: 0x2A # here", "seed: 0x2A (expected: a decimal number)"),
                row("seed: 42", "seed: 042 # here", "seed: 042 (expected: a decimal number)"),
                row(
                        "seed: 42",
                        "seed: 99999999999999999999 # here",
                        "seed: 99999999999999999999 (expected: -9223372036854775808..9223372036854775807)"),
                row(
                        "  training: 500",
                        "  training: 5000000000 # here",
                        "split.training: 5000000000 (expected: -2147483648..2147483647)"),
                row("  ticker: SPY", "  ticker: 500 # here", "source.ticker: 500 (expected: text)"),
                row("  up: UP", "  up: 1.5 # here", "target.up: 1.5 (expected: text)"),
                row("  up: UP", "  up: true # here", "target.up: true (expected: text)"),
                row("  up: UP", "  up: {a: b} # here", "target.up: keys and values (expected: text)"),
                row(
                        "  minimum_gain: 0.01",
                        "  minimum_gain: much # here",
                        "gate.minimum_gain: 'much' (expected: a number)"),
                row(
                        "  minimum_gain: 0.01",
                        "  minimum_gain: '0.01' # here",
                        "gate.minimum_gain: '0.01' (expected: a number)"),
                row(
                        "  minimum_gain: 0.01",
                        "  minimum_gain: .inf # here",
                        "gate.minimum_gain: .inf (expected: a finite number)"),
                row(
                        "  anchor: 2019-04-17",
                        "  anchor: 2019-02-30 # here",
                        "split.anchor: '2019-02-30' (expected: a date such as 2020-04-17)"),
                row(
                        "  anchor: 2019-04-17",
                        "  anchor: 20190417 # here",
                        "split.anchor: 20190417 (expected: a date such as 2020-04-17)"),
                row(
                        "experiments:\n  - depth: 3\n    trees: 50\n  - depth: 5\n    trees: 100\n  - depth: 8\n    trees: 200",
                        "experiments: 3 # here",
                        "experiments: 3 (expected: a list)"),
                row(
                        "trainer:\n  kind: random-forest\n  trees: 100\n  depth: 12\n  feature_fraction: 0.5\n  minimum_split: 2\n  minimum_leaf: 1",
                        "trainer: random-forest # here",
                        "trainer: 'random-forest' (expected: keys and values)"),
                row(
                        "  metric: accuracy",
                        "  metric: acuracy # here",
                        "gate.metric: 'acuracy' (expected: one of %s)".formatted(METRICS)),
                row(
                        "  metric: accuracy",
                        "  metric: ACCURACY # here",
                        "gate.metric: 'ACCURACY' (expected: one of %s)".formatted(METRICS)),
                row(
                        "  metric: accuracy",
                        "  metric: 0 # here",
                        "gate.metric: 0 (expected: one of %s)".formatted(METRICS)),
                row(
                        "  metric: accuracy",
                        "  metric: '' # here",
                        "gate.metric: '' (expected: one of %s)".formatted(METRICS)),
                row("  - depth: 5", "  - depth: five # here", "experiments[1].depth: 'five' (expected: a number)"),
                row(
                        "  - depth: 5\n    trees: 100",
                        "  - 100x5 # here",
                        "experiments[1]: '100x5' (expected: keys and values)"),
                row(
                        "  kind: random-forest",
                        "  kind: xgboost # here",
                        "trainer.kind: xgboost (expected: one of %s)".formatted(TRAINERS)),
                row(
                        "  kind: yahoo",
                        "  kind: java.lang.Runtime # here",
                        "source.kind: java.lang.Runtime (expected: one of yahoo, bundled, csv, jdbc, joined)"));
    }

    static Stream<Arguments> valuesThatCannotBe() {
        return Stream.of(
                row(
                        "model: spy-direction",
                        "model: ../spy # here",
                        "model: ../spy (expected: 1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-')"),
                row("    trees: 100", "    trees: -3 # here", "experiments[1].trees: -3 (expected: 1..10000)"),
                row("    trees: 100", "    trees: 1.5 # here", "experiments[1].trees: 1.5 (expected: a whole number)"),
                row(
                        "    trees: 100",
                        "    trees: .nan # here",
                        "experiments[1].trees: NaN (expected: a finite number)"),
                row("  - depth: 8", "  - depth: 65 # here", "experiments[2].depth: 65 (expected: 1..64)"),
                row(
                        "experiments:\n  - depth: 3\n    trees: 50",
                        "experiments: # here\n  - trees: 100\n    depth: 5",
                        "experiments: [depth 5, trees 100, depth 5, trees 100, depth 8, trees 200] (expected: each one once)"),
                row("  training: 500", "  training: 0 # here", "split.training: 0 (expected: 10..10000000)"),
                row("  validation: 60", "  validation: 0 # here", "split.validation: 0 (expected: 1..1000000)"),
                row(
                        "  evaluation: 60",
                        "  evaluation: 59 # here",
                        "split.evaluation: 59 (expected: at least the gate's minimum_rows: 60)"),
                row("    window: 5", "    window: 0 # here", "features[2].window: 0 (expected: 1..1000)"),
                row(
                        "    name: volatility_3\n    column: close\n    window: 3",
                        "    name: volatility_3\n    column: close\n    window: 1 # here",
                        "features[3].window: 1 (expected: 2..1000)"),
                row(
                        "    name: average_5",
                        "    name: 5th # here",
                        "features[2].name: 5th (expected: 1..40 of letters, digits and '_', a letter first)"),
                row(
                        "features:\n  - kind: return\n    name: return_1",
                        "features: # here\n  - kind: return\n    name: average_5",
                        "features: average_5 (expected: a name that no other one has)"),
                row(
                        "  feature_fraction: 0.5",
                        "  feature_fraction: 0 # here",
                        "trainer.feature_fraction: 0.0 (expected: above 0, up to 1)"),
                row(
                        "  minimum_gain: 0.01",
                        "  minimum_gain: .nan # here",
                        "gate.minimum_gain: NaN (expected: -1000000.0..1000000.0)"),
                row("  minimum_rows: 60", "  minimum_rows: 0 # here", "gate.minimum_rows: 0 (expected: 1..1000000)"),
                row("  horizon: 1", "  horizon: 0 # here", "target.horizon: 0 (expected: 1..250)"),
                row("  down: DOWN", "  down: UP # here", "target.down: UP (expected: another label than up: UP)"),
                row("  interval: 1d", "  interval: 1h # here", "source.interval: 1h (expected: 1d)"),
                row(
                        "  ticker: SPY",
                        "  ticker: spy;rm # here",
                        "source.ticker: spy;rm (expected: a Yahoo symbol such as SPY or ^GSPC)"),
                row(
                        "  fallback: sp500-2000",
                        "  chosen: fallback # here",
                        "source.chosen: fallback (expected: a fallback beside it, or source)"),
                row(
                        "description: Whether SPY closes higher on the next trading day",
                        "description: ' ' # here",
                        "description: ' ' (expected: some text)"));
    }

    static Stream<Arguments> whatElseYamlAllows() {
        return Stream.of(
                row(
                        "  up: UP\n  down: DOWN",
                        "  up: &up UP\n  down: *up # here",
                        "target.down: an alias (expected: the value itself)"),
                row(
                        "gate:",
                        "bomb: &a [x, x]\nboom: [*a, *a] # here\ngate:",
                        "boom[0]: an alias (expected: the value itself)"),
                row("seed: 42", "seed: !!java.net.URL [a] # here", "seed: a tag (expected: a value without one)"),
                row("seed: 42", "seed: !!int 42 # here", "seed: a tag (expected: a value without one)"),
                row("source:", "source: !<yahoo> # here", "source: a tag (expected: a value without one)"),
                row(
                        "  mode: commit",
                        "  mode: commit\n---\nmodel: another # here",
                        "a second document (expected: one document)"),
                row(
                        "seed: 42",
                        "seed: [[[[[[[[[[[[42]]]]]]]]]]]] # here",
                        "values nested deeper (expected: at most 10 levels)"),
                row(
                        "gate:\n  metric: accuracy",
                        "gate: {metric: x\n  minimum_gain: 1 # here",
                        "expected ',' or '}', but got : (expected: YAML)"),
                row(
                        "seed: 42",
                        "\tseed: 42 # here",
                        "found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) (expected: YAML)"),
                row("seed: 42", "seed: ]42 # here", "expected the node content, but found ']' (expected: YAML)"));
    }

    private static Arguments row(String lines, String broken, String problem) {
        return Arguments.of(lines, broken, problem);
    }

    @ParameterizedTest
    @MethodSource({"unknownMissingAndDoubledKeys", "valuesOfTheWrongType", "valuesThatCannotBe", "whatElseYamlAllows"})
    void namesFileLinePathValueAndExpectation(String lines, String broken, String problem) {
        String golden = Golden.text("model.yaml");
        assertThat(golden).contains(lines + "\n");
        String document = golden.replace(lines + "\n", broken + "\n");
        long line = document.substring(0, document.indexOf(HERE) + HERE.length())
                .lines()
                .count();

        assertThatThrownBy(() -> read(document, Definition.class))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("file.yaml:" + line + ": " + problem);
    }

    @Test
    void namesTheVersionThatAPinMisspells() {
        String pin = Golden.text("champion.yaml");

        assertThatThrownBy(() -> read(pin.replace("beats: v5", "beats: 5"), Pin.class))
                .hasMessage("file.yaml:6: beats: 5 (expected: v1, v2, ...)");
        assertThatThrownBy(() -> read(pin.replace("beats: v5", "beats: v0"), Pin.class))
                .hasMessage("file.yaml:6: beats: v0 (expected: v1, v2, ...)");
        assertThatThrownBy(() -> read(pin.replace("record: sha256:77", "record: sha1:77"), Pin.class))
                .hasMessageStartingWith("file.yaml:5: record: sha1:77");
        assertThatThrownBy(() -> read(pin.replace("by: automation", "by: person"), Pin.class))
                .hasMessage("file.yaml:1: reason: missing (expected: a reason, since a person moved the pin)");
    }

    @Test
    void namesAMemberWithADotInItsName() {
        String record = Golden.text("version.yaml").replace("size: 2048", "size: -1");

        assertThatThrownBy(() -> read(record, VersionRecord.class))
                .hasMessage("file.yaml:6: members.README.md.size: -1 (expected: 0..9223372036854775807)");
    }

    @Test
    void namesTheExperimentOfAReportDeepInside() {
        String report = Golden.text("report.yaml").replaceFirst("          -   - 20", "          -   - x");

        assertThatThrownBy(() -> read(report, Report.class))
                .hasMessage("file.yaml:39: experiments[0].validation.confusion.counts[0][0]: 'x' (expected: a whole"
                        + " number)");
    }

    /** Of a newer format, of which this one knows a part. */
    @Test
    void passesOverUnknownKeysWhereItIsToldTo() {
        String newer = Golden.text("model.yaml")
                .replace("seed: 42", "seed: 42\nowner: {name: someone}")
                .replace("    window: 5", "    window: 5\n    weights: [1, 2]");

        assertThat(readKnown(newer)).isEqualTo(Documents.DEFINITION);
        assertThatThrownBy(() -> read(newer, Definition.class)).hasMessageContaining(": unknown key");
        assertThatThrownBy(() -> readKnown(newer.replace("    window: 5", "    window: many")))
                .hasMessage("file.yaml:26: features[2].window: 'many' (expected: a whole number)");
        assertThatThrownBy(() -> readKnown(newer.replace("seed: 42", "seed: 42\nseed: 42")))
                .hasMessageEndingWith("seed: doubled key (expected: each key once)");
        assertThatThrownBy(() -> readKnown(Golden.text("model.yaml").replace("seed: 42\n", "")))
                .hasMessage("file.yaml:1: seed: missing (expected: a value)");
    }

    private static Definition readKnown(String document) {
        return Yaml.readKnown(document.getBytes(StandardCharsets.UTF_8), "file.yaml", Definition.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "{}", "[]", "text", "42"})
    void refusesADocumentWithoutKeys(String document) {
        assertThatThrownBy(() -> read(document, Definition.class))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageMatching(
                        "file.yaml:[12]: (.* \\(expected: keys and values\\)|(null|model: missing) \\(expected: a value\\))");
    }

    @Test
    void readsRetentionAndWritesItTheSame() {
        for (String text : List.of("retention:\n  last: 3\n", "retention: \"off\"\n")) {
            String document = Golden.text("model.yaml") + text;
            assertThat(Yaml.write(read(document, Definition.class))).asString().isEqualTo(document);
        }
        assertThat(retention("{last: 3}")).isEqualTo(new Retention.Last(3));
        assertThat(retention("off")).isEqualTo(new Retention.Off());
        assertThat(((Definition) read(Golden.text("model.yaml"), Definition.class)).effectiveRetention())
                .isEqualTo(new Retention.Last(50));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {last: 0}         | retention.last: 0 (expected: 1..1000000)
            {last: many}      | retention.last: 'many' (expected: a whole number)
            {versions: 3}     | retention.versions: unknown key (expected: one of last)
            {}                | retention.last: missing (expected: a value)
            never             | retention: never (expected: off, or keys and values: {last: 50})
            50                | retention: 50 (expected: off, or keys and values: {last: 50})
            [1]               | retention: [ (expected: off, or keys and values: {last: 50})
            """)
    void refusesARetentionByItsLine(String text, String message) {
        assertThatThrownBy(() -> retention(text))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageMatching("file.yaml:[0-9]+: " + Pattern.quote(message));
    }

    private static Retention retention(String text) {
        return Objects.requireNonNull(
                ((Definition) read(Golden.text("model.yaml") + "retention: " + text + "\n", Definition.class))
                        .retention());
    }

    @Test
    void readsWhatIsKeptAndWritesItTheSame() {
        String document = Golden.text("model.yaml") + "keep: best-of-day\n";
        Definition definition = (Definition) read(document, Definition.class);

        assertThat(definition.effectiveKeep()).isEqualTo(Keep.BEST_OF_DAY);
        assertThat(Yaml.write(definition)).asString().isEqualTo(document);
        assertThat(Documents.DEFINITION.effectiveKeep()).isEqualTo(Keep.ALL);
        assertThatThrownBy(() -> read(document.replace("best-of-day", "best"), Definition.class))
                .message()
                .endsWith("keep: 'best' (expected: one of all, passed, best-of-day)");
    }

    @Test
    void saysThatADocumentBeginsWithAByteOrderMark() {
        String pin = "\uFEFF" + Golden.text("champion.yaml");

        for (var encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            assertThatThrownBy(() -> Yaml.read(pin.getBytes(encoding), "file.yaml", Pin.class))
                    .hasMessage("file.yaml:1: a byte order mark at the beginning (expected: UTF-8 without one)");
        }
    }

    @Test
    void saysNothingOfTheSettingsOfALibrary() {
        assertThatThrownBy(() -> read("seed: " + "1".repeat(5_000), Definition.class))
                .isInstanceOf(InvalidDocumentException.class)
                .message()
                .doesNotContain("Constraints", "`");
    }

    @Test
    void refusesBytesThatAreNotText() {
        byte[] latin1 = "model: sp\u00fc".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Yaml.read(latin1, "file.yaml", Definition.class))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith("file.yaml: ")
                .hasMessageEndingWith("(expected: YAML)");
        assertThatThrownBy(() -> read("model: \u0000", Definition.class))
                .hasMessage("file.yaml: special characters are not allowed (expected: YAML)");
    }

    @Test
    void doesNotReadADocumentThatIsTooLarge() {
        byte[] large = ("# " + "x".repeat(Yaml.MAXIMUM_BYTES)).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Yaml.read(large, "file.yaml", Definition.class))
                .hasMessage("file.yaml: 1048578 bytes (expected: at most 1048576)");
    }

    @Test
    void givesUpOnADocumentOfTooManyValues() {
        String many = "model: [" + "1,".repeat(500_000) + "]";

        assertThatThrownBy(() -> read(many, Definition.class))
                .hasMessage("file.yaml:1: more values (expected: at most 100000)");
    }

    @Test
    void showsOnlyTheBeginningOfALongValueAndNoControlCharacters() {
        assertThatThrownBy(() -> read("\"k\\e[31m" + "x".repeat(90) + "\": 1", Definition.class))
                .hasMessageContaining("?[31m")
                .message()
                .doesNotContain("\u001b")
                .hasSizeLessThan(600);
        assertThatThrownBy(() -> read(Golden.text("model.yaml").replace("42", "x".repeat(10_000)), Definition.class))
                .message()
                .hasSizeLessThan(200);
    }

    private static Object read(String document, Class<?> type) {
        return Yaml.read(document.getBytes(StandardCharsets.UTF_8), "file.yaml", type);
    }
}

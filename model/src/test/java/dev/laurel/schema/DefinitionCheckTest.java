package dev.laurel.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.laurel.definition.Definition;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionCheckTest {
    private static final String RIGHT = """
            model: iris
            description: Which iris it is.
            source:
              kind: csv
              path: iris.csv
            columns:
              - column: petal
                missing: mean
            target:
              kind: label
              column: species
            features:
              - name: petal
                kind: column
                column: petal
              - name: color
                kind: one-hot
                column: color
            split:
              kind: hashed
              training: 0.5
              validation: 0.25
              evaluation: 0.25
            trainer:
              kind: random-forest
              trees: 50
            experiments:
              - depth: 3
              - depth: 5
            seed: 42
            gate:
              metric: accuracy
              minimum_gain: 0.01
              minimum_rows: 20
              mode: commit
            """;

    @Test
    void aRightDefinitionHasNothingWrong() {
        assertThat(check(RIGHT)).isEmpty();
    }

    @Test
    void twelveMistakesAreTwelveLines() {
        String wrong = RIGHT.replace("model: iris", "model: Iris")
                .replace("path: iris.csv", "pth: iris.csv")
                .replace("missing: mean", "missing: maen")
                .replace("kind: label", "kind: lable")
                .replace("kind: one-hot", "kind: onehot")
                .replace("validation: 0.25", "validation: 1.5")
                .replace("trees: 50", "trees: -3\n  trees: 50")
                .replace("depth: 5", "deptth: 5")
                .replace("seed: 42", "seed: forty-two")
                .replace("  minimum_rows: 20\n", "")
                .replace("mode: commit", "mode: null");
        assertThat(check(wrong))
                .containsExactly(
                        "model.yaml:1:8: model: 'Iris' (expected: 1..40 of a-z, 0-9 and '-', starting with a letter and not ending with '-')",
                        "model.yaml:5:3: source.pth: unknown key (expected: one of path, key, delimiter, decimal, thousands, missing,"
                                + " date_format, encoding, fallback, chosen, kind; did you mean path?)",
                        "model.yaml:8:14: columns[0].missing: 'maen' (expected: one of drop, mean, median, constant, category; did you mean mean?)",
                        "model.yaml:10:9: target.kind: 'lable' (expected: one of direction, change, value, label; did you mean label?)",
                        "model.yaml:17:11: features[1].kind: 'onehot' (expected: one of column, lag, difference, return, moving-average,"
                                + " rolling, volatility, calendar, one-hot, ordinal, log, standardise, min-max, bins, interaction;"
                                + " did you mean one-hot?)",
                        "model.yaml:22:15: split.validation: 1.5 (expected: a number, above 0, below 1)",
                        "model.yaml:26:10: trainer.trees: -3 (expected: a whole number, 1..10000)",
                        "model.yaml:27:3: trainer.trees: doubled key (expected: each key once; the first is in line 26)",
                        "model.yaml:30:5: experiments[1].deptth: unknown hyperparameter (expected: one of cost, depth, epsilon,"
                                + " feature_fraction, gamma, lambda, lasso_share, learning_rate, minimum_child_weight,"
                                + " minimum_leaf, minimum_split, neighbours, penalty, subsample, trees; did you mean depth?)",
                        "model.yaml:31:7: seed: 'forty-two' (expected: a whole number)",
                        "model.yaml:33:3: gate.minimum_rows: missing (expected: a whole number, 1..1000000)",
                        "model.yaml:35:9: gate.mode: null (expected: a value)");
    }

    @Test
    void whatOnlyThePartsTogetherAreWrongInIsSaidToo() {
        assertThat(check(RIGHT.replace("metric: accuracy", "metric: rmse").replace("missing: mean", "missing: maen")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("model.yaml:8:14: columns[0].missing: 'maen'"),
                        second -> assertThat(second)
                                .startsWith("model.yaml:32:11: gate.metric: rmse (expected: one for such a target"));
    }

    @Test
    void whatARecordHasAgainstItsPartsIsSaidBesideOtherMistakes() {
        assertThat(check(RIGHT.replace("training: 0.5", "training: 0.6").replace("path: iris.csv", "path: /iris.csv")))
                .containsExactly(
                        "model.yaml:5:9: source.path: '/iris.csv' (expected: a path below the data folder, without ..)",
                        "model.yaml:19:1: split.shares: 1.1 (expected: 1 in all)");
    }

    @Test
    void placesInListsAreThoseOfTheDocumentThoughOthersAreWrong() {
        assertThat(check(RIGHT.replace("- depth: 3", "- depth: three").replace("depth: 5", "depth: 500")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("model.yaml:28:12: experiments[0].depth: 'three'"),
                        second -> assertThat(second)
                                .isEqualTo("model.yaml:29:12: experiments[1].depth: 500 (expected: 1..64)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                    | model.yaml:1: nothing (expected: keys and values)
            `[1, 2`               | model.yaml:1: expected ',' or ']'
            `- 1`                 | model.yaml:1:1: a list (expected: keys and values)
            `hello`               | model.yaml:1:1: 'hello' (expected: keys and values)
            """)
    void whatIsNoDefinitionAtAllIsOneLine(String text, String line) {
        assertThat(check(text)).singleElement().asString().startsWith(line);
    }

    /** Each change of a line that reading refuses is found, and none that it takes. */
    @Test
    void itAgreesWithReading() {
        Random random = new Random(7);
        String[] pieces = {
            "",
            "x",
            "null",
            "-1",
            "0",
            "0.5",
            "1e400",
            "true",
            "[a]",
            "{b: c}",
            "'50'",
            "!!str a",
            "*a",
            "off",
            "2020-01-01"
        };
        for (int i = 0; i < 1000; i++) {
            List<String> lines = new ArrayList<>(RIGHT.lines().toList());
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line);
                case 2 -> lines.set(at, line.replaceFirst("(\\w)(\\w)(.*:)", "$2$1$3"));
                default -> lines.set(at, line.replaceFirst(":.*", ": " + pieces[random.nextInt(pieces.length)]));
            }
            String text = String.join("\n", lines) + "\n";
            if (check(text).isEmpty()) {
                Yaml.read(text.getBytes(UTF_8), "model.yaml", Definition.class);
            } else {
                assertThat(catchThrowable(() -> Yaml.read(text.getBytes(UTF_8), "model.yaml", Definition.class)))
                        .as("%s%s", text, check(text))
                        .isInstanceOf(InvalidDocumentException.class);
            }
        }
    }

    private static List<String> check(String yaml) {
        return DefinitionCheck.of(yaml.getBytes(UTF_8), "model.yaml").stream()
                .map(Finding::toString)
                .toList();
    }
}

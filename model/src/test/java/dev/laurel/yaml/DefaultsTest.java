package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Range;
import dev.laurel.definition.Search;
import dev.laurel.definition.Source;
import dev.laurel.definition.Trainer;
import dev.laurel.split.Chronological;
import dev.laurel.split.Hashed;
import dev.laurel.split.Split;
import dev.laurel.split.WalkForward;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a document leaves out, and has a usual value. */
class DefaultsTest {

    static Stream<Arguments> documents() {
        return Stream.of(
                trainer("random-forest", new Trainer.RandomForest(100, 12, 0.5, 2, 1)),
                trainer("extra-trees", new Trainer.ExtraTrees(100, 12, 0.5, 2, 1)),
                trainer("bagging", new Trainer.Bagging(30, 12, 2, 1)),
                trainer("decision-tree", new Trainer.DecisionTree(6, 2, 1)),
                trainer("logistic", new Trainer.Logistic(0.001)),
                trainer("linear", new Trainer.Linear()),
                trainer("ridge", new Trainer.Ridge(1)),
                trainer("lasso", new Trainer.Lasso(0.1)),
                trainer("elastic-net", new Trainer.ElasticNet(0.1, 0.5)),
                trainer("knn", new Trainer.Knn(5)),
                trainer("svc", new Trainer.Svc(Trainer.Kernel.RBF, 1, 0)),
                trainer("svr", new Trainer.Svr(Trainer.Kernel.RBF, 1, 0, 0.1)),
                trainer("gradient-boosting", new Trainer.GradientBoosting(100, 4, 0.1, 1, 1, 1)),
                Arguments.of("kind: smote", Balance.class, new Balance.Smote(5)),
                Arguments.of("kind: oversample", Balance.class, new Balance.Oversample()),
                Arguments.of(
                        "{kind: tpe, trials: 50, ranges: {cost: {from: 1, to: 10}}}",
                        Search.class,
                        new Search.Tpe(50, 10, 0.25, new TreeMap<>(Map.of("cost", new Range(1, 10, false))))),
                Arguments.of("kind: chronological", Split.class, new Chronological(0.7, 0.15, 0.15)),
                Arguments.of("kind: hashed", Split.class, new Hashed(0.6, 0.2, 0.2, null)),
                Arguments.of(
                        "{kind: walk-forward, validation: 5, evaluation: 6}", Split.class, new WalkForward(3, 5, 6)),
                Arguments.of("{from: 1, to: 2}", Range.class, new Range(1, 2, false)),
                Arguments.of(
                        "{kind: csv, path: gold.csv}",
                        Source.class,
                        new Source.Csv("gold.csv", null, ",", ".", null, null, null, "UTF-8", null, null)));
    }

    private static Arguments trainer(String kind, Trainer trainer) {
        return Arguments.of("kind: " + kind, Trainer.class, trainer);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void standInForWhatADocumentLeavesOut(String document, Class<?> type, Object value) {
        assertThat((Object) read(document, type)).isEqualTo(value);
    }

    @Test
    void leaveOutNoTrainer() {
        assertThat(documents()
                        .map(each -> each.get()[2])
                        .filter(Trainer.class::isInstance)
                        .<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(Trainer.class.getPermittedSubclasses());
    }

    @Test
    void giveWayToWhatADocumentSays() {
        assertThat(read("{kind: svc, kernel: linear, cost: 3}", Trainer.class))
                .isEqualTo(new Trainer.Svc(Trainer.Kernel.LINEAR, 3, 0));
        assertThat(read("{kind: random-forest, minimum_leaf: 4, trees: 7}", Trainer.class))
                .isEqualTo(new Trainer.RandomForest(7, 12, 0.5, 2, 4));
        assertThat(read("{from: 1, to: 2, log: true}", Range.class)).isEqualTo(new Range(1, 2, true));
        assertThat(read("{kind: csv, path: gold.csv, delimiter: ;}", Source.class))
                .isInstanceOfSatisfying(
                        Source.Csv.class, csv -> assertThat(csv.delimiter()).isEqualTo(";"));
        assertThat(read("{kind: hashed, training: 0.8, validation: 0.1, evaluation: 0.1, group: shop}", Split.class))
                .isEqualTo(new Hashed(0.8, 0.1, 0.1, "shop"));
    }

    @Test
    void doNotStandInForAWrongValue() {
        assertThatThrownBy(() -> read("{kind: random-forest, trees: many}", Trainer.class))
                .hasMessage("file.yaml:1: trees: 'many' (expected: a whole number)");
        assertThatThrownBy(() -> read("{kind: random-forest, trees: ~}", Trainer.class))
                .hasMessage("file.yaml:1: trees: null (expected: a value)");
        assertThatThrownBy(() -> read("{kind: walk-forward, validation: 5}", Split.class))
                .hasMessage("file.yaml:1: evaluation: missing (expected: a value)");
    }

    private static <T> T read(String document, Class<T> type) {
        return Yaml.read(document.getBytes(StandardCharsets.UTF_8), "file.yaml", type);
    }
}

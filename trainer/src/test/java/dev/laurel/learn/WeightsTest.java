package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Balance;
import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Calibrated.Points;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.SupportVectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What learners make of rows that do not weigh the same, beside scikit-learn and XGBoost; {@code bench/weights.py} wrote the cases. */
class WeightsTest {

    record Case(Map<String, double[]> lines) {
        double[] get(String name) {
            return lines.get(name);
        }

        double[][] vectors() {
            double[] all = get("vectors");
            double[][] vectors = new double[all.length / 3][];
            for (int row = 0; row < vectors.length; row++) {
                vectors[row] = Arrays.copyOfRange(all, 3 * row, 3 * row + 3);
            }
            return vectors;
        }

        Lesson lesson() {
            Lesson lesson = Lessons.ofLabels(2, vectors(), get("labels"));
            double[] weights = get("weights");
            return Balancing.balanced(
                    new Balance.Weights(
                            weights[0] == 0 ? null : new TreeMap<>(Map.of("L0", weights[0], "L1", weights[1]))),
                    lesson,
                    1);
        }

        @Override
        public String toString() {
            return "weights " + Arrays.toString(get("weights"));
        }
    }

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (var in = WeightsTest.class.getResourceAsStream("/weights/scikit-learn.txt")) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                String[] words = line.split(" ");
                if (words[0].equals("weights")) {
                    cases.add(new Case(new HashMap<>()));
                }
                cases.get(cases.size() - 1)
                        .lines()
                        .put(
                                words[0],
                                Arrays.stream(words)
                                        .skip(1)
                                        .mapToDouble(Double::parseDouble)
                                        .toArray());
            });
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logisticRegression(Case given) {
        expect(given, "logistic", new Trainer.Logistic(0.05), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void trees(Case given) {
        expect(given, "tree", new Trainer.DecisionTree(2, 2, 1), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void boostedTrees(Case given) {
        expect(given, "boosted", new Trainer.GradientBoosting(5, 2, 0.3, 1, 1, 1), 1e-5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void machines(Case given) {
        SupportVectors machine =
                (SupportVectors) Learners.fit(new Trainer.Svc(Trainer.Kernel.RBF, 2, 0.5), given.lesson(), 1);

        expect(given, "machine", 5e-3, vector -> {
            double[] decision = new double[1];
            machine.decisions(vector, decision);
            return decision[0];
        });
    }

    /** Weights change what is learned, of every trainer that says that it takes them. */
    @ParameterizedTest
    @MethodSource("takingWeights")
    void areHeeded(Trainer trainer) throws IOException {
        Case given = cases().get(1);
        Compiled weighed = Learners.fit(trainer, given.lesson(), 1);
        Compiled plain = Learners.fit(trainer, Lessons.ofLabels(2, given.vectors(), given.get("labels")), 1);

        assertThat(trainer.takesWeights()).isTrue();
        assertThat(Lessons.bytes(weighed)).isNotEqualTo(Lessons.bytes(plain));
        assertThat(Lessons.bytes(Learners.fit(trainer, given.lesson(), 1))).isEqualTo(Lessons.bytes(weighed));
    }

    static List<Trainer> takingWeights() {
        return List.of(
                new Trainer.RandomForest(20, 5, 0.5, 2, 1),
                new Trainer.ExtraTrees(20, 5, 0.5, 2, 1),
                new Trainer.Bagging(20, 5, 2, 1),
                new Trainer.DecisionTree(5, 2, 1),
                new Trainer.Logistic(0.01),
                new Trainer.Svc(Trainer.Kernel.RBF, 1, 0),
                new Trainer.GradientBoosting(20, 3, 0.1, 1, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isotonicRegression(Case given) {
        boolean[] isPositive = new boolean[given.get("labels").length];
        for (int row = 0; row < isPositive.length; row++) {
            isPositive[row] = given.get("labels")[row] == 0;
        }
        Points curve = Isotonic.of(given.get("plain"), isPositive);

        assertThat(Arrays.stream(given.get("plain")).map(curve::of).toArray())
                .containsExactly(given.get("isotonic"), within(1e-9));
    }

    private static void expect(Case given, String name, Trainer trainer, double rounding) {
        Compiled model = Learners.fit(trainer, given.lesson(), 1);
        expect(given, name, rounding, vector -> Lessons.scores(model, vector)[0]);
    }

    private static void expect(Case given, String name, double rounding, ToDoubleFunction<double[]> said) {
        assertThat(Arrays.stream(given.vectors()).mapToDouble(said).toArray())
                .containsExactly(given.get(name), within(rounding));
    }
}

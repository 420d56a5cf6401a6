package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Trees.Node;
import dev.laurel.task.Answer;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorTest {
    private static final Classification UP_OR_DOWN = new Classification(List.of("UP", "DOWN"));
    private static final double[] VECTOR = {0.1, -0.3, 0.55, 1};

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "3, 2", "50, 3", "25, 12"})
    void answersAsItsTreesDo(int trees, int depth) {
        List<Node> nodes = RandomForest.nodes(trees, depth, trees);
        Trees compiled = Trees.of(RandomForest.INPUTS, RandomForest.OUTPUTS, nodes);
        Compiled kept = PredictorFormat.decode(PredictorFormat.encode(compiled));
        Random random = new Random(trees);
        double[] scores = new double[RandomForest.OUTPUTS];

        for (int i = 0; i < 20_000; i++) {
            double[] vector = RandomForest.vector(random);
            kept.scores(vector, scores);
            assertThat(scores).containsExactly(RandomForest.scores(nodes, vector));
        }
    }

    @Test
    void givesTheProbabilityOfThePositiveLabel() {
        Trees trees = RandomForest.trees(10, 4, 1);
        double[] scores = new double[2];
        trees.scores(VECTOR, scores);

        Predictor predictor = Predictor.decode(RandomForest.modelFile(trees));
        assertThat(predictor.scores(VECTOR)).isEqualTo(scores);
        assertThat(scores[0]).isBetween(0.01, 0.49);
        assertThat(predictor.answer(VECTOR, Predictor.USUAL_THRESHOLD))
                .isEqualTo(new Answer.Classified("DOWN", scores[0], List.of(scores[0], scores[1])));
        assertThat(predictor.answer(VECTOR, scores[0]))
                .isEqualTo(new Answer.Classified("UP", scores[0], List.of(scores[0], scores[1])));
    }

    @Test
    void readsATreeThatIsAsDeepAsItIsLong() {
        Node chain = new Node.Leaf(List.of(0.25, 0.75));
        for (int depth = 0; depth < 500; depth++) {
            chain = new Node.Split(0, depth, new Node.Leaf(List.of(0.5, 0.5)), chain);
        }
        double[] scores = new double[2];

        Trees.of(RandomForest.INPUTS, 2, List.of(chain)).scores(new double[] {1e3, 0, 0, 0}, scores);

        assertThat(scores).containsExactly(0.25, 0.75);
    }

    @Test
    void refusesAVectorOfAnotherLength() {
        assertThatThrownBy(() -> predictor().scores(new double[3]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("features: 3 (expected: 4: [return_1, average_3, average_5, volatility_3])");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAValueThatIsNotFinite(double value) {
        assertThatThrownBy(() -> predictor().scores(new double[] {0, 1, value, 1}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("average_5: " + value + " (expected: a finite number)");
    }

    @Test
    void refusesAModelOfOtherInputs() {
        Signature other = new Signature(null, List.of(), 5, List.of("return_1"), UP_OR_DOWN);

        assertThatThrownBy(() -> Predictor.of(other, RandomForest.trees(1, 1, 1)))
                .hasMessage("model file: predictor: 4 inputs (expected those of the signature: [return_1])");
    }

    @Test
    void refusesAModelOfOtherOutputs() {
        Trees value = Trees.of(RandomForest.INPUTS, 1, List.of(new Node.Leaf(List.of(1.0))));

        assertThatThrownBy(() -> Predictor.of(Documents.SIGNATURE, value))
                .hasMessage("model file: predictor: 1 outputs (expected those of the signature: [UP, DOWN])");
    }

    @Test
    void refusesLeavesThatAreNoShares() {
        Trees tooMuch = Trees.of(RandomForest.INPUTS, 2, List.of(new Node.Leaf(List.of(1.5, -0.5))));
        Trees tooLittle = Trees.of(RandomForest.INPUTS, 2, List.of(new Node.Leaf(List.of(0.5, 0.25))));

        assertThatThrownBy(() -> Predictor.of(Documents.SIGNATURE, tooMuch))
                .hasMessage("model file: predictor: leaf: 1.5 (expected: 0..1)");
        assertThatThrownBy(() -> Predictor.of(Documents.SIGNATURE, tooLittle))
                .hasMessage("model file: predictor: leaf: shares that add up to 0.75 (expected: 1)");
    }

    @Test
    void answersWithAValue() {
        Signature price = new Signature(null, List.of(), 0, List.of("a", "b"), new Regression("EUR"));
        Linear linear = new Linear(2, false, new double[] {2, -1}, new double[] {0.5});

        assertThat(Predictor.of(price, linear).answer(new double[] {3, 4}, Predictor.USUAL_THRESHOLD))
                .isEqualTo(new Answer.Estimated(2.5, "EUR"));
    }

    @Test
    void saysThatAnAnswerIsBeyondAllNumbers() {
        Signature price = new Signature(null, List.of(), 0, List.of("a"), new Regression("EUR"));
        Predictor predictor = Predictor.of(price, new Linear(1, false, new double[] {1e300}, new double[] {0}));

        assertThatThrownBy(() -> predictor.scores(new double[] {1e300}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("answer: Infinity (expected: a finite number; are the features far beyond those of"
                        + " training?)");
    }

    @Test
    void refusesSumsAndValuesForLabels() {
        Signature signature = new Signature(null, List.of(), 0, List.of("a"), UP_OR_DOWN);
        Linear sums = new Linear(1, false, new double[2], new double[2]);

        assertThatThrownBy(() -> Predictor.of(signature, sums))
                .hasMessage("model file: predictor: sums as they are (expected: their softmax, for labels)");
    }

    private static Predictor predictor() {
        return Predictor.of(Documents.SIGNATURE, RandomForest.trees(10, 4, 1));
    }
}

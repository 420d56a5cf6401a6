package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Trees.Node;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorFormatTest {
    /** Files of each kind that are tried; a million take some twenty seconds. */
    private static final int FILES = Integer.getInteger("laurel.mutations", 20_000);
    /** More heap than a file's own size that reading it may take. */
    private static final long MOST_MEMORY = 64L << 20;

    /** The example of docs/model-file.md, byte by byte: the format is read by others, too. */
    @Test
    void isWrittenAsItIsDescribed() {
        Node stump = new Node.Split(1, 0.5, new Node.Leaf(List.of(0.75, 0.25)), new Node.Leaf(List.of(0.0, 1.0)));
        Node leaf = new Node.Leaf(List.of(0.75, 0.25));

        byte[] bytes = PredictorFormat.encode(Trees.of(2, 2, List.of(stump, leaf)));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "05" + "7472656573" // trees
                        + "02" + "02" // inputs, outputs
                        + "00" // no thresholds of the first input
                        + "01" + "000000000000e03f" // one of the second: 0.5
                        + "02" // leaves
                        + "000000000000e83f" + "000000000000d03f" // 0.75, 0.25
                        + "0000000000000000" + "000000000000f03f" // 0, 1
                        + "02" // trees
                        + "02" + "00" + "0000" + "0001" // input 1 > threshold 0; leaf 0; leaf 1
                        + "0000"); // leaf 0
    }

    /** The other example of docs/model-file.md that has a model within it. */
    @Test
    void aCalibratedModelIsWrittenAsItIsDescribed() {
        Compiled calibrated = new Calibrated(
                List.of(new Calibrated.Sigmoid(-1, 0.5), new Calibrated.Points(new double[] {0, 1}, new double[] {0, 0.5
                })),
                new Linear(1, true, new double[] {1, 0}, new double[] {0, 0}));

        assertThat(HexFormat.of().formatHex(PredictorFormat.encode(calibrated)))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "0a" + "63616c69627261746564" // calibrated
                        + "02" // curves
                        + "00" + "000000000000f0bf" + "000000000000e03f" // sigmoid
                        + "02" + "0000000000000000" + "000000000000f03f" // points: from
                        + "0000000000000000" + "000000000000e03f" // points: to
                        + "06" + "6c696e656172" // linear
                        + "01" + "02" + "01" // inputs, outputs, softmax
                        + "0000000000000000" + "0000000000000000" // intercepts
                        + "000000000000f03f" + "0000000000000000"); // weights
        double[] scores = new double[2];
        calibrated.scores(new double[] {Math.log(3)}, scores);
        // 0.75 and 0.25 become 1 / (1 + exp(0.5) / 3) and 0.125.
        double first = 1 / (1 + Math.exp(0.5) / 3);
        assertThat(scores[0]).isCloseTo(first / (first + 0.125), within(1e-12));
        assertThat(scores[0] + scores[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void aCalibratedModelHoldsNoOther() {
        Compiled linear = new Linear(1, true, new double[] {1, 0}, new double[] {0, 0});
        List<Calibrated.Curve> curves = List.of(new Calibrated.Sigmoid(-1, 0), new Calibrated.Sigmoid(-1, 0));
        byte[] nested = PredictorFormat.encode(new Calibrated(curves, new Calibrated(curves, linear)));

        assertThatThrownBy(() -> PredictorFormat.decode(nested))
                .hasMessage("model file: predictor: kind calibrated within calibrated (expected: another)");
    }

    /** One of each kind and number of outputs. */
    static Stream<Compiled> kinds() {
        Random random = new Random(4);
        double[] labels = {0, 2, 1, 1, 2, 0, 0, 1};
        return Stream.of(
                RandomForest.trees(4, 4, 5),
                new Linear(4, false, numbers(random, 4), numbers(random, 1)),
                new Linear(4, true, numbers(random, 12), numbers(random, 3)),
                new Calibrated(
                        List.of(
                                new Calibrated.Sigmoid(-1.5, 0.25),
                                new Calibrated.Points(new double[] {0.1, 0.4, 0.9}, new double[] {0, 0.5, 0.75}),
                                new Calibrated.Points(new double[] {0.5}, new double[] {0.125})),
                        new Linear(4, true, numbers(random, 12), numbers(random, 3))),
                new Neighbours(4, 1, 3, numbers(random, 32), numbers(random, 8)),
                new Neighbours(4, 3, 3, numbers(random, 32), labels),
                SupportVectorsTest.drawn(1),
                SupportVectorsTest.drawn(2),
                SupportVectorsTest.drawn(3),
                BoostedTreesTest.drawn(BoostedTrees.Link.IDENTITY),
                BoostedTreesTest.drawn(BoostedTrees.Link.LOGISTIC),
                BoostedTreesTest.drawn(BoostedTrees.Link.SOFTMAX));
    }

    private static double[] numbers(Random random, int count) {
        return random.doubles(count, -2, 2).toArray();
    }

    @Test
    void leavesOutNoKind() {
        assertThat(kinds().<Class<?>>map(Compiled::getClass).distinct())
                .containsExactlyInAnyOrder(Compiled.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answersTheSameOnceItIsRead(Compiled compiled) {
        Compiled read = PredictorFormat.decode(PredictorFormat.encode(compiled));
        Random random = new Random(9);

        assertThat(read.inputs()).isEqualTo(compiled.inputs());
        assertThat(read.outputs()).isEqualTo(compiled.outputs());
        for (int i = 0; i < 1_000; i++) {
            double[] vector = numbers(random, 4);
            double[] expected = new double[compiled.outputs()];
            double[] scores = new double[compiled.outputs()];
            compiled.scores(vector, expected);
            read.scores(vector, scores);
            assertThat(scores).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isWrittenAgainAsTheVerySameBytes(Compiled compiled) {
        byte[] bytes = PredictorFormat.encode(compiled);

        assertThat(PredictorFormat.encode(PredictorFormat.decode(bytes))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesEveryTruncation(Compiled compiled) {
        byte[] bytes = PredictorFormat.encode(compiled);

        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PredictorFormat.decode(truncated)).isInstanceOf(InvalidModelFileException.class);
        }
        assertThatThrownBy(() -> PredictorFormat.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessage("model file: predictor: 1 bytes after the end");
    }

    @Test
    void refusesAnotherKindAndAnotherVersion() {
        byte[] bytes = PredictorFormat.encode(RandomForest.trees(1, 1, 3));
        byte[] kind = bytes.clone();
        kind[19] = 'b';
        byte[] version = bytes.clone();
        version[17] = 9;

        assertThatThrownBy(() -> PredictorFormat.decode(kind))
                .hasMessage("model file: predictor: kind brees (expected: [trees, linear, neighbours,"
                        + " support-vectors, boosted-trees, calibrated])");
        assertThatThrownBy(() -> PredictorFormat.decode(version))
                .hasMessage("model file: predictor: format version 9 (expected: 1)");
    }

    @Test
    void writesALinearModelAsItIsDescribed() {
        byte[] bytes = PredictorFormat.encode(new Linear(2, true, new double[] {1, 2, 0, 0.5}, new double[] {-2, 1}));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "06" + "6c696e656172" // linear
                        + "02" + "02" + "01" // inputs, outputs, softmax
                        + "00000000000000c0" + "000000000000f03f" // intercepts -2, 1
                        + "000000000000f03f" + "0000000000000040" // weights of the first label: 1, 2
                        + "0000000000000000" + "000000000000e03f"); // of the second: 0, 0.5
    }

    @Test
    void writesNeighboursAsTheyAreDescribed() {
        byte[] bytes = PredictorFormat.encode(new Neighbours(1, 2, 1, new double[] {1, 2}, new double[] {0, 1}));

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("10" + "4c415552454c2d505245444943544f52" // LAUREL-PREDICTOR
                        + "01" // version
                        + "0a" + "6e65696768626f757273" // neighbours
                        + "01" + "02" + "01" + "02" // inputs, outputs, neighbours, rows
                        + "0000000000000000" + "000000000000f03f" // labels 0, 1
                        + "000000000000f03f" + "0000000000000040"); // rows 1, 2
    }

    /** Each is refused, or answers with numbers that are finite and, of labels, shares; none takes much memory. */
    @ParameterizedTest
    @MethodSource("kinds")
    void withstandsMutations(Compiled compiled) {
        byte[] bytes = PredictorFormat.encode(compiled);
        Random random = new Random(7);
        int answered = 0;
        for (int file = 0; file < FILES; file++) {
            byte[] mutated = mutated(bytes, random);
            long before = allocated();
            try {
                answered += answers(PredictorFormat.decode(mutated), random) ? 1 : 0;
            } catch (InvalidModelFileException e) {
                assertThat(e).hasMessageStartingWith("model file: predictor: ");
            }
            assertThat(allocated() - before).isLessThan(mutated.length + MOST_MEMORY);
        }
        assertThat(answered).isBetween(FILES / 100, FILES);
    }

    /** Whether it says something; what is beyond all numbers is refused when the predictor is asked. */
    private static boolean answers(Compiled compiled, Random random) {
        int outputs = Math.min(compiled.outputs(), 1_000);
        Task task = outputs == 1
                ? new Regression("EUR")
                : new Classification(
                        IntStream.range(0, outputs).mapToObj(String::valueOf).toList());
        List<String> features = Collections.nCopies(compiled.inputs(), "x");
        Predictor predictor = Predictor.of(new Signature(null, List.of(), 0, features, task), compiled);
        try {
            task.expectScores(predictor.scores(numbers(random, compiled.inputs())));
            return true;
        } catch (InvalidValueException e) {
            assertThat(e).hasMessageStartingWith("answer: ");
            return false;
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated =
                random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(2 * bytes.length)) : bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : mutated[at] ^ (1 << random.nextInt(8)));
        }
        return mutated;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

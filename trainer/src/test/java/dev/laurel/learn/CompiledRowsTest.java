package dev.laurel.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.laurel.definition.Calibrate;
import dev.laurel.definition.Trainer;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Trees.Node;
import dev.laurel.task.Predictions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of predictor on random rows: bit for bit what a second reader of its bytes computes, and where the learner has a form that was not
 * compiled, what that computes; without a byte of memory for a row. {@code bench/predictors} asks a million rows each.
 */
class CompiledRowsTest {
    private static final int ROWS = Integer.getInteger("laurel.rows", 20_000);
    private static final int BLOCK = 1000;
    private static final int INPUTS = 10;
    private static final int LESSONS = 500;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Where the rows, the models and the answers are put for other languages; null for nowhere. */
    private static final @Nullable String FOLDER = System.getProperty("laurel.rows.folder");

    private static final Lesson VALUES = Lessons.ofValues(vectors(LESSONS, 1), truth(vectors(LESSONS, 1)));

    /**
     * @param digits by how much an answer may differ, of the answer
     * @param grown the trees before they are compiled; null where there are none
     */
    record Case(
            String name,
            Compiled compiled,
            double digits,
            @Nullable List<Node> grown) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Trainer.RandomForest forest = new Trainer.RandomForest(100, 8, 0.5, 2, 1);
        Trainer.ExtraTrees extra = new Trainer.ExtraTrees(50, 8, 0.5, 2, 1);
        Trainer.GradientBoosting boosting = new Trainer.GradientBoosting(100, 4, 0.1, 1, 1, 0.8);
        Trainer.Logistic logistic = new Trainer.Logistic(0.001);
        Trainer.Svc svc = new Trainer.Svc(Trainer.Kernel.RBF, 1, 0);
        Lesson three = labels(3);
        Lesson two = labels(2);
        return Stream.of(
                grown("trees, a value", Growth.of(forest), VALUES, Learners.fit(forest, VALUES, 1)),
                grown("trees, 3 labels", Growth.of(extra), three, Learners.fit(extra, three, 1)),
                fitted("boosted trees, a value", boosting, VALUES),
                fitted("boosted trees, 2 labels", boosting, two),
                fitted("boosted trees, 3 labels", boosting, three),
                fitted("linear, a value", new Trainer.Ridge(1), VALUES),
                fitted("logistic, 2 labels", logistic, two),
                fitted("logistic, 3 labels", logistic, three),
                fitted("neighbours, a value", new Trainer.Knn(5), VALUES),
                fitted("neighbours, 3 labels", new Trainer.Knn(5), three),
                fitted("support vectors, a value", new Trainer.Svr(Trainer.Kernel.RBF, 1, 0, 0.1), VALUES),
                fitted("support vectors, 2 labels", svc, two),
                // Shares by their logarithms, which docs/model-file.md divides as they are.
                new Case("support vectors, 3 labels", Learners.fit(svc, three, 1), 1e-12, null),
                calibrated("calibrated, sigmoid", Calibrate.SIGMOID, two),
                calibrated("calibrated, isotonic", Calibrate.ISOTONIC, three));
    }

    private static Case fitted(String name, Trainer trainer, Lesson lesson) {
        return new Case(name, Learners.fit(trainer, lesson, 1), 0, null);
    }

    private static Case grown(String name, Growth growth, Lesson lesson, Compiled compiled) {
        TrainingRows rows = TrainingRows.of(lesson.vectors());
        Supplier<Criterion> criterion = Criterion.of(lesson);
        return new Case(
                name,
                compiled,
                0,
                IntStream.range(0, growth.trees())
                        .mapToObj(tree -> new TreeGrower(rows, criterion.get(), growth, Seeds.random(1, tree)).grow())
                        .toList());
    }

    private static Case calibrated(String name, Calibrate kind, Lesson lesson) {
        Compiled model = Learners.fit(new Trainer.Logistic(0.001), lesson, 1);
        double[][] answers = Arrays.stream(lesson.vectors())
                .map(vector -> Lessons.scores(model, vector))
                .toArray(double[][]::new);
        return new Case(
                name, Calibration.of(kind, model, new Predictions(lesson.task(), lesson.truth(), answers)), 0, null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersAsItsBytesAndItsTreesDo(Case each) throws IOException {
        Compiled compiled = each.compiled;
        byte[] bytes = Lessons.bytes(compiled);
        UnaryOperator<double[]> plain = PlainPredictor.read(bytes);
        Tally tally = new Tally();
        double[][] scores = new double[BLOCK][compiled.outputs()];
        for (int block = 0; block * BLOCK < ROWS; block++) {
            double[][] vectors = vectors(BLOCK, 1000 + block);
            tally.measure(compiled, vectors, scores);
            for (int row = 0; row < BLOCK; row++) {
                tally.compare(scores[row], plain.apply(vectors[row]), each.digits);
                if (each.grown != null) {
                    tally.compare(scores[row], averaged(each.grown, vectors[row]), 0);
                }
            }
            keep(each.name, block, vectors, scores);
        }
        if (FOLDER != null) {
            Files.write(Path.of(FOLDER, each.name + ".bin"), bytes);
        }
        tally.print(each.name);

        assertThat(tally.mismatches).isZero();
        // Measuring itself takes a little now and then.
        assertThat(tally.allocated).isLessThan(ROWS);
    }

    private static double[] averaged(List<Node> trees, double[] vector) {
        double[] sums = null;
        for (Node tree : trees) {
            Node node = tree;
            while (node instanceof Node.Split split) {
                node = vector[split.feature()] <= split.threshold() ? split.lessOrEqual() : split.greater();
            }
            List<Double> leaf = ((Node.Leaf) node).scores();
            sums = sums == null ? new double[leaf.size()] : sums;
            for (int output = 0; output < sums.length; output++) {
                sums[output] += leaf.get(output);
            }
        }
        return Arrays.stream(sums).map(sum -> sum / trees.size()).toArray();
    }

    private static final class Tally {
        private long rows;
        private long mismatches;
        private long allocated;
        private long nanos;
        private double farthest;

        void measure(Compiled compiled, double[][] vectors, double[][] scores) {
            if (rows == 0) {
                // What is made once for a thread is not made for a row.
                compiled.scores(vectors[0], scores[0]);
            }
            long before = THREADS.getCurrentThreadAllocatedBytes();
            // Of the processor, since others may be at it too.
            long begun = THREADS.getCurrentThreadCpuTime();
            for (int row = 0; row < vectors.length; row++) {
                compiled.scores(vectors[row], scores[row]);
            }
            nanos += THREADS.getCurrentThreadCpuTime() - begun;
            allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
            rows += vectors.length;
        }

        void compare(double[] answered, double[] expected, double digits) {
            boolean same = true;
            for (int output = 0; output < expected.length; output++) {
                double far = Math.abs(answered[output] - expected[output]);
                farthest = Math.max(farthest, far);
                same &= digits == 0
                        ? Double.doubleToRawLongBits(answered[output]) == Double.doubleToRawLongBits(expected[output])
                        : far <= digits * Math.abs(expected[output]);
            }
            mismatches += same ? 0 : 1;
        }

        void print(String name) {
            PrintStream out = System.out;
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %s | %s | %.3f | %.0f |%n",
                    name,
                    rows,
                    mismatches,
                    farthest,
                    (double) allocated / rows,
                    (double) nanos / rows);
        }
    }

    private static void keep(String name, int block, double[][] vectors, double[][] scores) throws IOException {
        if (FOLDER == null) {
            return;
        }
        append(Path.of(FOLDER, name + ".scores"), block, scores);
        if (name.equals("trees, a value")) {
            append(Path.of(FOLDER, "rows"), block, vectors);
        }
    }

    private static void append(Path file, int block, double[][] numbers) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * numbers[0].length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double[] row : numbers) {
            for (double number : row) {
                buffer.putDouble(number);
            }
        }
        try (OutputStream out =
                block == 0 ? Files.newOutputStream(file) : Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(buffer.array());
        }
    }

    /**
     * Every second row in sixteenths, where the lessons have eighths, so that thresholds are met exactly and rows are equally near; each number as
     * single precision has it too, for readers that compute in that.
     */
    private static double[][] vectors(int rows, long seed) {
        Random random = new Random(seed);
        double[][] vectors = new double[rows][INPUTS];
        for (int row = 0; row < rows; row++) {
            int parts = seed == 1 ? 8 : 16;
            for (int input = 0; input < INPUTS; input++) {
                double drawn = random.nextGaussian();
                vectors[row][input] =
                        seed == 1 || row % 2 == 0 ? (double) Math.round(drawn * parts) / parts : (float) drawn;
            }
        }
        return vectors;
    }

    private static double[] truth(double[][] vectors) {
        Random noise = new Random(2);
        return Arrays.stream(vectors)
                .mapToDouble(vector -> vector[0]
                        - vector[1]
                        + vector[2] * vector[3]
                        + (vector[4] > 0.5 ? 1.5 : 0)
                        + noise.nextGaussian())
                .toArray();
    }

    private static Lesson labels(int count) {
        double[] sorted = VALUES.truth().clone();
        Arrays.sort(sorted);
        return Lessons.ofLabels(
                count,
                VALUES.vectors(),
                Arrays.stream(VALUES.truth())
                        .map(value -> IntStream.range(1, count)
                                .filter(cut -> value > sorted[cut * LESSONS / count])
                                .count())
                        .toArray());
    }
}

package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.InvalidValueException;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Broken predictors: each is refused, or answers within bounds; none takes much memory. */
final class Mutations {
    /** Files that are tried; a million take some twenty seconds. */
    private static final int FILES = Integer.getInteger("laurel.mutations", 100_000);
    /** More heap than a file's own size that reading it may take. */
    private static final long MOST_MEMORY = 64L << 20;

    private Mutations() {}

    static void withstands(Compiled original, long seed) {
        byte[] bytes = PredictorFormat.encode(original);
        Task task = original.outputs() == 1
                ? new Regression("EUR")
                : new Classification(IntStream.range(0, original.outputs())
                        .mapToObj(label -> "L" + label)
                        .toList());
        List<String> features = IntStream.range(0, original.inputs())
                .mapToObj(feature -> "F" + feature)
                .toList();
        Signature signature = new Signature(null, List.of(), 0, features, task);
        Random random = new Random(seed);
        int answered = 0;
        for (int file = 0; file < FILES; file++) {
            byte[] mutated = mutated(bytes, random);
            long before = allocated();
            try {
                Compiled compiled = PredictorFormat.decode(mutated);
                double[] scores = Predictor.of(signature, compiled)
                        .scores(random.doubles(original.inputs(), -2, 2).toArray());
                task.expectScores(scores);
                answered++;
            } catch (InvalidModelFileException e) {
                assertThat(e).hasMessageStartingWith("model file: predictor: ");
            } catch (InvalidValueException e) {
                // Sums that are beyond all numbers.
                assertThat(e).hasMessageStartingWith("answer: ");
            }
            assertThat(allocated() - before).isLessThan(mutated.length + MOST_MEMORY);
        }
        assertThat(answered).isBetween(FILES / 100, FILES);
    }

    static void refusesEveryTruncation(Compiled original) {
        byte[] bytes = PredictorFormat.encode(original);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(isRefused(Arrays.copyOf(bytes, length))).isTrue();
        }
        assertThat(isRefused(Arrays.copyOf(bytes, bytes.length + 1))).isTrue();
    }

    private static boolean isRefused(byte[] bytes) {
        try {
            PredictorFormat.decode(bytes);
            return false;
        } catch (InvalidModelFileException e) {
            return true;
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

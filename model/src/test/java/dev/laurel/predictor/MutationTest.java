package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Documents;
import dev.laurel.Golden;
import dev.laurel.model.InvalidValueException;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.task.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * Model files that somebody has changed, and predictors in them: each is refused with a reason, or answers with numbers that are finite and, of
 * labels, shares. None takes much more memory than its own size. {@code -Dlaurel.mutations=1000000} tries a million of them.
 */
class MutationTest {
    private static final int FILES = Integer.getInteger("laurel.mutations", 20_000);
    /** More heap than a file's own size that reading it, and asking it, may take. */
    private static final long MOST_MEMORY = 64L << 20;

    private static final List<byte[]> PREDICTORS =
            PredictorFormatTest.kinds().map(PredictorFormat::encode).toList();
    private static final List<byte[]> MODEL_FILES = List.of(
            Golden.bytes("spy-direction.model"),
            new ModelFile(
                            ModelFileTest.FLOWERS,
                            ModelFileTest.FLOWERS_SIGNATURE,
                            Documents.FITTED,
                            ModelFileTest.FLOWERS_PROFILE,
                            PredictorFormat.encode(new Linear(4, true, new double[8], new double[2])))
                    .encode());

    private final Random random = new Random(7);
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private long mostMemory;

    private enum Outcome {
        REFUSED,
        ANSWERED,
        /** Refused when it was asked, since what it says is beyond all numbers. */
        WITHOUT_ANSWER
    }

    @Test
    void isRefusedOrAnswersWithinBounds() throws IOException {
        long begin = System.nanoTime();
        for (int file = 0; file < FILES; file++) {
            switch (random.nextInt(10)) {
                case 0 -> tryModelFile(withAMutatedEntry());
                case 1, 2 -> tryModelFile(mutated(MODEL_FILES));
                default -> tryPredictor(mutated(PREDICTORS));
            }
        }
        System.out.printf(
                "%s mutated files: %s; at most %s KiB beyond a file's size; %.1f s%n",
                FILES, outcomes, mostMemory >> 10, (System.nanoTime() - begin) / 1e9);
        assertThat(outcomes.get(Outcome.ANSWERED)).isGreaterThan(FILES / 100);
        assertThat(outcomes.get(Outcome.REFUSED)).isGreaterThan(FILES / 4);
    }

    private byte[] mutated(List<byte[]> files) {
        byte[] bytes = files.get(random.nextInt(files.size()));
        byte[] other = files.get(random.nextInt(files.size()));
        byte[] mutated = Mutation.any(bytes, other, random);
        // One mistake hides another one behind it, so most have one.
        return mutated.length > 0 && random.nextInt(4) == 0 ? Mutation.any(mutated, other, random) : mutated;
    }

    /** The container is whole, so that what reads the entry has to notice. */
    private byte[] withAMutatedEntry() throws IOException {
        Map<String, byte[]> entries = entries(MODEL_FILES.get(random.nextInt(MODEL_FILES.size())));
        Map<String, byte[]> others = entries(MODEL_FILES.get(random.nextInt(MODEL_FILES.size())));
        List<String> names = new ArrayList<>(entries.keySet());
        String name = names.get(random.nextInt(names.size()));
        byte[] other = others.get(name);
        entries.put(name, random.nextInt(8) == 0 ? other : Mutation.any(entries.get(name), other, random));
        return ModelFile.zip(entries);
    }

    private static Map<String, byte[]> entries(byte[] file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private void tryPredictor(byte[] bytes) {
        attempt(bytes, () -> {
            Compiled compiled = PredictorFormat.decode(bytes);
            int outputs = Math.min(compiled.outputs(), 1_000);
            Task task = outputs == 1
                    ? new Regression("EUR")
                    : new Classification(IntStream.range(0, outputs)
                            .mapToObj(String::valueOf)
                            .toList());
            List<String> features = Collections.nCopies(compiled.inputs(), "x");
            ask(Predictor.of(new Signature(null, List.of(), 0, features, task), compiled), task, features.size());
        });
    }

    private void tryModelFile(byte[] bytes) {
        attempt(bytes, () -> {
            ModelFile file = ModelFile.decode(bytes);
            Signature signature = file.signature();
            ask(Predictor.decode(file), signature.task(), signature.features().size());
        });
    }

    private void ask(Predictor predictor, Task task, int inputs) {
        task.expectScores(predictor.scores(random.doubles(inputs, -2, 2).toArray()));
    }

    private void attempt(byte[] bytes, Runnable attempt) {
        long before = allocated();
        Outcome outcome = outcome(attempt);
        long memory = allocated() - before - bytes.length;
        assertThat(memory).isLessThan(MOST_MEMORY);
        mostMemory = Math.max(mostMemory, memory);
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private static Outcome outcome(Runnable attempt) {
        try {
            attempt.run();
            return Outcome.ANSWERED;
        } catch (InvalidModelFileException e) {
            assertThat(e).hasMessageStartingWith("model file: ");
            return Outcome.REFUSED;
        } catch (InvalidValueException e) {
            assertThat(e).hasMessageStartingWith("answer: ");
            return Outcome.WITHOUT_ANSWER;
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}

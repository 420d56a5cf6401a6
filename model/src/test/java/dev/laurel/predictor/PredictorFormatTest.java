package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.predictor.Trees.Node;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictorFormatTest {
    /** Files that are tried; a million take some twenty seconds. */
    private static final int FILES = Integer.getInteger("laurel.mutations", 100_000);
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

    @Test
    void isWrittenAgainAsTheVerySameBytes() {
        byte[] bytes = PredictorFormat.encode(RandomForest.trees(20, 8, 3));

        assertThat(PredictorFormat.encode(PredictorFormat.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = PredictorFormat.encode(RandomForest.trees(3, 3, 3));

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
                .hasMessage("model file: predictor: kind brees (expected: [trees])");
        assertThatThrownBy(() -> PredictorFormat.decode(version))
                .hasMessage("model file: predictor: format version 9 (expected: 1)");
    }

    /** Each is refused, or answers with numbers that are finite; none takes much memory. */
    @Test
    void withstandsMutations() {
        byte[] bytes = PredictorFormat.encode(RandomForest.trees(4, 4, 5));
        Random random = new Random(7);
        double[] scores = new double[256];
        int answered = 0;
        for (int file = 0; file < FILES; file++) {
            byte[] mutated = mutated(bytes, random);
            long before = allocated();
            try {
                Compiled compiled = PredictorFormat.decode(mutated);
                if (compiled.outputs() <= scores.length) {
                    compiled.scores(new double[compiled.inputs()], scores);
                    for (int output = 0; output < compiled.outputs(); output++) {
                        assertThat(scores[output]).isNotNaN();
                    }
                    answered++;
                }
            } catch (InvalidModelFileException e) {
                assertThat(e).hasMessageStartingWith("model file: predictor: ");
            }
            assertThat(allocated() - before).isLessThan(mutated.length + MOST_MEMORY);
        }
        assertThat(answered).isBetween(FILES / 100, FILES);
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

package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.Golden;
import dev.laurel.model.Digest;
import dev.laurel.model.Profile;
import dev.laurel.model.Signature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    private static final String GOLDEN_DIGEST =
            "sha256:7fbfbe05e0a42cdd21f7e45b294e9e9814cbcf13b7380601480c1fe5a776f1e6";
    private static final byte[] GOLDEN = Golden.bytes("spy-direction.model");

    /** Kept for ever: what was once promoted has to answer the same. */
    @Test
    void answersFromTheGoldenModelFile() {
        assertThat(Digest.of(GOLDEN)).hasToString(GOLDEN_DIGEST);

        ModelFile file = ModelFile.decode(GOLDEN);
        Predictor predictor = Predictor.decode(file);

        assertThat(file.definition()).isEqualTo(Documents.DEFINITION);
        assertThat(file.signature()).isEqualTo(Documents.SIGNATURE);
        assertThat(predictor.probability(new double[] {0.05, 107.0, 105.0, 0.07}))
                .isEqualTo(0.3606890389614691);
        assertThat(predictor.probability(new double[] {-0.07, 104.0, 105.0, 0.07}))
                .isEqualTo(0.932070707070707);
        assertThat(predictor.probability(new double[] {-0.02, 111.0, 110.0, 0.01}))
                .isEqualTo(0.4111111111111111);
    }

    @Test
    void isWrittenAgainAsTheVerySameBytes() {
        assertThat(ModelFile.decode(GOLDEN).encode()).isEqualTo(GOLDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "America/New_York", "Asia/Kolkata"})
    void isTheSameInEveryTimeZone(String zone) {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            assertThat(ModelFile.decode(GOLDEN).encode()).isEqualTo(GOLDEN);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void isMadeAgainByTheSameTraining() {
        TrainedForest forest = new TrainedForest();

        assertThat(forest.modelFile(forest.train(5, 2, "again")).encode()).isEqualTo(GOLDEN);
    }

    @Test
    void refusesEverySingleFlippedByte() {
        for (int i = 0; i < GOLDEN.length; i++) {
            byte[] flipped = GOLDEN.clone();
            flipped[i] ^= 0x41;
            assertRefused(() -> ModelFile.decode(flipped));
        }
    }

    @Test
    void refusesATruncatedFile() {
        for (int length = 0; length < GOLDEN.length; length += 7) {
            byte[] truncated = Arrays.copyOf(GOLDEN, length);
            assertRefused(() -> ModelFile.decode(truncated));
        }
    }

    @Test
    void refusesWhatFollowsTheEnd() {
        assertRefused(() -> ModelFile.decode(Arrays.copyOf(GOLDEN, GOLDEN.length + 1)));
    }

    @Test
    void saysThatAnEmptyFileHasNoEntries() {
        assertThatThrownBy(() -> ModelFile.decode(new byte[0]))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessage("model file: entries [] (expected: [definition.yaml, signature.yaml, profile.yaml,"
                        + " predictor.pb])");
    }

    @Test
    void refusesACompressedEntry() throws IOException {
        Map<String, byte[]> entries = goldenEntries();

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.DEFLATED, 1980)))
                .hasMessage("model file: entry definition.yaml is compressed (expected: stored)");
    }

    @Test
    void refusesAnEntryOfAnotherName() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("../../evil.sh", new byte[] {1});

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage("model file: entry ../../evil.sh (expected: [definition.yaml, signature.yaml,"
                        + " profile.yaml, predictor.pb])");
    }

    @Test
    void refusesAMissingEntry() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.remove("profile.yaml");

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage("model file: entries [definition.yaml, signature.yaml, predictor.pb] (expected:"
                        + " [definition.yaml, signature.yaml, profile.yaml, predictor.pb])");
    }

    @Test
    void refusesEntriesInAnotherOrder() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("definition.yaml", entries.remove("definition.yaml"));

        assertRefused(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)));
    }

    @Test
    void refusesEntriesOfAnotherTime() throws IOException {
        Map<String, byte[]> entries = goldenEntries();

        assertThat(ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)).encode())
                .isEqualTo(GOLDEN);
        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1981)))
                .hasMessage("model file: a ZIP of another form than that of model files; is it damaged?");
    }

    @Test
    void refusesADefinitionThatIsNotOne() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("definition.yaml", "model: x\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("model file: definition.yaml:1: ");
    }

    @Test
    void refusesASignatureThatIsNotThatOfTheDefinition() {
        ModelFile golden = ModelFile.decode(GOLDEN);
        Signature other = new Signature(List.of("open"), 4, golden.signature().features(), "UP", "DOWN");
        byte[] bytes = new ModelFile(golden.definition(), other, golden.profile(), golden.predictor()).encode();

        assertThatThrownBy(() -> ModelFile.decode(bytes))
                .hasMessage("model file: signature.yaml is not that of definition.yaml");
    }

    @Test
    void refusesAProfileOfOtherFeatures() {
        ModelFile golden = ModelFile.decode(GOLDEN);
        List<Profile.Distribution> distributions =
                new ArrayList<>(golden.profile().features());
        distributions.remove(0);
        Profile other = new Profile(3, distributions, 0.5);
        byte[] bytes = new ModelFile(golden.definition(), golden.signature(), other, golden.predictor()).encode();

        assertThatThrownBy(() -> ModelFile.decode(bytes))
                .hasMessage("model file: profile.yaml is of [average_3, average_5, volatility_3] (expected: [return_1,"
                        + " average_3, average_5, volatility_3])");
    }

    private static void assertRefused(ThrowingCallable decode) {
        assertThatThrownBy(decode).isInstanceOf(InvalidModelFileException.class);
    }

    private static Map<String, byte[]> goldenEntries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(GOLDEN))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries, int method, int year) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(method);
                entry.setSize(each.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(LocalDateTime.of(year, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}

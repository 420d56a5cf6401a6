package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.Golden;
import dev.laurel.model.Digest;
import dev.laurel.drift.Profile;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    private static final String GOLDEN_DIGEST =
            "sha256:f0c4b1378da2c2ce03d2f58a279912b50207818a697efb983b23ed983161c32f";
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
                .isEqualTo(0.394);
        assertThat(predictor.probability(new double[] {-0.07, -0.5, -0.9, 0.07}))
                .isEqualTo(0.42400000000000004);
        assertThat(predictor.probability(new double[] {0.6, -0.5, 0.4, 0.9})).isEqualTo(0.402);
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
    void isMadeOfTheSameForest() {
        assertThat(RandomForest.modelFile(RandomForest.trees(5, 2, 1)).encode()).isEqualTo(GOLDEN);
    }

    /** What a later Laurel adds to the format does not make its files unreadable here. */
    @Test
    void takesWhatItKnowsOfAHigherMinorNumber() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("format.txt", "1.7\n".getBytes(StandardCharsets.UTF_8));
        byte[] signature = entries.get("signature.yaml");
        entries.put(
                "signature.yaml",
                (new String(signature, StandardCharsets.UTF_8) + "unit: EUR\n").getBytes(StandardCharsets.UTF_8));
        entries.put("thresholds.yaml", new byte[] {1});

        ModelFile file = ModelFile.decode(zip(entries, ZipEntry.STORED, 1980));

        assertThat(file.signature()).isEqualTo(Documents.SIGNATURE);
        assertThat(Predictor.decode(file).probability(new double[4])).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, 'model file: format 2.0 (expected: 1.x; use the Laurel that wrote it)'",
        "one, model file: format.txt holds no format number (expected: 1.0)"
    })
    void refusesAnotherFormat(String format, String message) throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("format.txt", (format + "\n").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage(message);
    }

    @Test
    void saysThatAFileIsOfATimeBeforeFormats() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.remove("format.txt");
        entries.put("predictor.pb", new byte[] {1});

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage("model file: written by a Laurel before 0.1.0 (expected: format 1.0; train it again)");
    }

    /** The signature is what the predictor was made for; a later way of computing it from a definition changes nothing. */
    @Test
    void believesItsSignature() {
        ModelFile golden = ModelFile.decode(GOLDEN);
        Signature other = new Signature(List.of("open"), 4, golden.signature().features(), "RISES", "FALLS");
        byte[] bytes = new ModelFile(golden.definition(), other, golden.profile(), golden.predictor()).encode();

        assertThat(ModelFile.decode(bytes).signature()).isEqualTo(other);
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
                .hasMessage("model file: entries [] (expected: [format.txt, definition.yaml, signature.yaml,"
                        + " profile.yaml, predictor.bin])");
    }

    @Test
    void refusesACompressedEntry() throws IOException {
        Map<String, byte[]> entries = goldenEntries();

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.DEFLATED, 1980)))
                .hasMessage("model file: entry format.txt is compressed (expected: stored)");
    }

    @Test
    void refusesAnEntryOfAnotherName() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put("../../evil.sh", new byte[] {1});

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage("model file: entries [format.txt, definition.yaml, signature.yaml, profile.yaml,"
                        + " predictor.bin, ../../evil.sh] (expected: [format.txt, definition.yaml, signature.yaml,"
                        + " profile.yaml, predictor.bin])");
    }

    @Test
    void refusesAMissingEntry() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.remove("profile.yaml");

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage(
                        "model file: entries [format.txt, definition.yaml, signature.yaml, predictor.bin] (expected:"
                                + " [format.txt, definition.yaml, signature.yaml, profile.yaml, predictor.bin])");
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

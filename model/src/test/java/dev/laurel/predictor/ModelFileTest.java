package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Documents;
import dev.laurel.Golden;
import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.feature.FittedState;
import dev.laurel.feature.State;
import dev.laurel.model.Digest;
import dev.laurel.task.Classification;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
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
            "sha256:1a842969a5ec9192b0195e993b84957ad3ccf2ed8449244b06470cb8e906638d";
    private static final byte[] GOLDEN = Golden.bytes("spy-direction.model");
    static final Definition FLOWERS = Documents.FLOWERS;
    private static final FittedState FITTED = Documents.FITTED;
    static final Signature FLOWERS_SIGNATURE = new Signature(
            null,
            List.of(),
            0,
            List.of("petal", "colour=(missing)", "colour=red", "colour=white"),
            new Classification(List.of("lily", "rose")));
    static final Profile FLOWERS_PROFILE = new Profile(
            3,
            FLOWERS_SIGNATURE.features().stream()
                    .map(ModelFileTest::distribution)
                    .toList(),
            new TreeMap<>(Map.of("lily", 0.5, "rose", 0.5)),
            null);

    /** Kept for ever: what was once promoted has to answer the same. */
    @Test
    void answersFromTheGoldenModelFile() {
        assertThat(Digest.of(GOLDEN)).hasToString(GOLDEN_DIGEST);

        ModelFile file = ModelFile.decode(GOLDEN);
        Predictor predictor = Predictor.decode(file);

        assertThat(file.definition()).isEqualTo(Documents.DEFINITION);
        assertThat(file.signature()).isEqualTo(Documents.SIGNATURE);
        assertThat(predictor.scores(new double[] {0.05, 107.0, 105.0, 0.07})[0]).isEqualTo(0.394);
        assertThat(predictor.scores(new double[] {-0.07, -0.5, -0.9, 0.07})[0]).isEqualTo(0.42400000000000004);
        assertThat(predictor.scores(new double[] {0.6, -0.5, 0.4, 0.9})[0]).isEqualTo(0.402);
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
        String definition = new String(entries.get("definition.yaml"), StandardCharsets.UTF_8);
        entries.put(
                "definition.yaml",
                definition
                        .replace("  minimum_leaf: 1\n", "  criterion: gini\n")
                        .replace("seed: 42\n", "seed: 42\nowner: {name: someone}\n")
                        .getBytes(StandardCharsets.UTF_8));
        entries.put("thresholds.yaml", new byte[] {1});

        ModelFile file = ModelFile.decode(zip(entries, ZipEntry.STORED, 1980));

        assertThat(file.signature()).isEqualTo(Documents.SIGNATURE);
        assertThat(file.definition()).isEqualTo(Documents.DEFINITION);
        assertThat(Predictor.decode(file).scores(new double[4])[0]).isBetween(0.0, 1.0);
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
    void saysThatAFileIsOfATimeBeforeFittedStates() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.remove("fitted.yaml");

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage("model file: written by a Laurel before 0.1.0 (expected: format 1.0; train it again)");
    }

    /** The signature is what the predictor was made for; a later way of computing it from a definition changes nothing. */
    @Test
    void believesItsSignature() {
        ModelFile golden = ModelFile.decode(GOLDEN);
        Signature other = new Signature(
                "day", List.of(), 9, golden.signature().features(), new Classification(List.of("RISES", "FALLS")));
        byte[] bytes = with(golden.definition(), other, golden.fitted(), golden.profile());

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
                        + " fitted.yaml, profile.yaml, predictor.bin])");
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
                .hasMessage(
                        "model file: entries [format.txt, definition.yaml, signature.yaml, fitted.yaml, profile.yaml,"
                                + " predictor.bin, ../../evil.sh] (expected: [format.txt, definition.yaml, signature.yaml,"
                                + " fitted.yaml, profile.yaml, predictor.bin])");
    }

    @Test
    void refusesAMissingEntry() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.remove("profile.yaml");

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .hasMessage(
                        "model file: entries [format.txt, definition.yaml, signature.yaml, fitted.yaml, predictor.bin] (expected:"
                                + " [format.txt, definition.yaml, signature.yaml, fitted.yaml, profile.yaml, predictor.bin])");
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
        Profile other = new Profile(3, distributions, golden.profile().labels(), null);
        byte[] bytes = with(golden.definition(), golden.signature(), golden.fitted(), other);

        assertThatThrownBy(() -> ModelFile.decode(bytes))
                .hasMessage("model file: profile.yaml is of [average_3, average_5, volatility_3] (expected: [return_1,"
                        + " average_3, average_5, volatility_3])");
    }

    @Test
    void keepsWhatFeaturesLearned() {
        ModelFile file = ModelFile.decode(with(FLOWERS, FLOWERS_SIGNATURE, FITTED, FLOWERS_PROFILE));

        assertThat(file.fitted()).isEqualTo(FITTED);
        assertThat(file.features().outputs()).isEqualTo(FLOWERS_SIGNATURE.features());
    }

    @Test
    void refusesAStateThatGivesOtherFeatures() {
        TreeMap<String, State> states = new TreeMap<>(FITTED.features());
        states.put("colour", State.ofWords(List.of("(missing)", "red", "yellow")));
        FittedState other = new FittedState(states, FITTED.columns());

        assertThatThrownBy(() -> ModelFile.decode(with(FLOWERS, FLOWERS_SIGNATURE, other, FLOWERS_PROFILE)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessage("model file: fitted.yaml gives [petal, colour=(missing), colour=red, colour=yellow]"
                        + " (expected: [petal, colour=(missing), colour=red, colour=white])");
    }

    /** Each would be noticed only when it answers. */
    @Test
    void refusesAStateThatIsNotThatOfItsDefinition() {
        TreeMap<String, State> without = new TreeMap<>(FITTED.features());
        without.remove("petal");
        TreeMap<String, State> more = new TreeMap<>(FITTED.features());
        more.put("sepal", State.ofNumbers(1.0));

        for (FittedState other : List.of(
                new FittedState(without, FITTED.columns()),
                new FittedState(more, FITTED.columns()),
                new FittedState(FITTED.features(), new TreeMap<>()))) {
            assertThatThrownBy(() -> ModelFile.decode(with(FLOWERS, FLOWERS_SIGNATURE, other, FLOWERS_PROFILE)))
                    .isInstanceOf(InvalidModelFileException.class)
                    .hasMessageMatching("model file: fitted.yaml: (features|columns)[.](petal|sepal): another state"
                            + " \\(expected: what the definition says is learned\\)");
        }
    }

    @Test
    void refusesAStateThatIsNoNumber() throws IOException {
        Map<String, byte[]> entries = goldenEntries();
        entries.put(
                "fitted.yaml",
                "features: {}\ncolumns:\n  close:\n    numbers: [.nan]\n    words: []\n"
                        .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> ModelFile.decode(zip(entries, ZipEntry.STORED, 1980)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessage("model file: fitted.yaml:4: columns.close.numbers: NaN (expected: a finite number)");
    }

    private static byte[] with(Definition definition, Signature signature, FittedState fitted, Profile profile) {
        byte[] predictor = ModelFile.decode(GOLDEN).predictor();
        return new ModelFile(definition, signature, fitted, profile, predictor).encode();
    }

    private static Profile.Distribution distribution(String feature) {
        return new Profile.Distribution(feature, 0, 0, Collections.nCopies(11, 0.0));
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

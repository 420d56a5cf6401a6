package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.task.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers from a model file alone, for every golden one. */
class RowPredictorTest {
    static Stream<Path> modelFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".model"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found.stream();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some rows that every feature can be computed of. */
    private static List<Map<String, Object>> rows(Signature signature, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            for (SourceColumn column : signature.columns()) {
                row.put(column.name(), column.type() == SourceColumn.Type.NUMBER ? (Object) (1.5 + i * 7 % 5) : "word");
            }
            if (signature.key() != null) {
                row.put(signature.key(), "2024-02-%02d".formatted(i % 28 + 1));
            }
            row.put("something else", new Object());
            rows.add(row);
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("modelFiles")
    void answersForRowsAsThePredictorDoesForTheirVectors(Path path) {
        byte[] bytes = bytes(path);
        RowPredictor model = RowPredictor.load(bytes, Digest.of(bytes));
        int warmUp = model.signature().warmUp();

        List<Answer> answers = model.answers(rows(model.signature(), warmUp + 3));

        assertThat(answers).hasSize(3).allSatisfy(answer -> assertThat(answer).isNotNull());
        assertThat(model.answers(rows(model.signature(), warmUp))).isEmpty();
        assertThat(model.answers(rows(model.signature(), warmUp + 1)).get(0)).isEqualTo(answers.get(0));
    }

    @ParameterizedTest
    @MethodSource("modelFiles")
    void otherBytesAreRefusedBeforeTheyAreDecoded(Path path) {
        byte[] bytes = bytes(path);
        Digest digest = Digest.of(bytes);
        bytes[bytes.length / 2] ^= 1;

        assertThatThrownBy(() -> RowPredictor.load(bytes, digest))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("digest: sha256:");
    }

    @ParameterizedTest
    @MethodSource("modelFiles")
    void whatIsWrongWithARowIsNamed(Path path) {
        byte[] bytes = bytes(path);
        RowPredictor model = RowPredictor.load(bytes, Digest.of(bytes));
        List<Map<String, Object>> rows =
                rows(model.signature(), model.signature().warmUp() + 1);
        SourceColumn column = model.signature().columns().get(0);
        rows.get(0).put(column.name(), column.type() == SourceColumn.Type.NUMBER ? (Object) "1.5" : 1.5);

        assertThatThrownBy(() -> model.answers(rows))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(column.name() + " at row 1: 1.5 (expected: a ");
    }
}

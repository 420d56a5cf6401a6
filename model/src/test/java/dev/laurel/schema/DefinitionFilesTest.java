package dev.laurel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files that are made from the types of a definition. {@code -Dgolden.write=true} writes them. */
class DefinitionFilesTest {
    @Test
    void theReferenceSaysWhatTheTypesSay() throws IOException {
        expectSame(Path.of("../docs/definition.md"), DefinitionReference.markdown());
    }

    @Test
    void theSchemaSaysWhatTheTypesSay() throws IOException {
        expectSame(Path.of("src/test/resources/golden/" + DefinitionSchema.FILE), DefinitionSchema.json());
    }

    private static void expectSame(Path file, byte[] made) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.write(file, made);
        }
        assertThat(Files.readString(file))
                .as(
                        "%s; ./mvnw -pl model test -Dtest=DefinitionFilesTest -Dlaurel.test.options=-Dgolden.write=true writes it",
                        file)
                .isEqualTo(new String(made, StandardCharsets.UTF_8));
    }
}

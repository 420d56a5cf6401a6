package dev.laurel.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.common.Authors;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcCommandTest {
    @TempDir
    Path folder;

    Path repository;

    @BeforeEach
    void create() throws IOException {
        repository = folder.resolve("models.git");
        Registry.create(
                        repository,
                        Starter.choose(List.of(Starter.DEFAULT), true, null).definitions(),
                        Authors.automation())
                .close();
        String hex = "ab".repeat(32);
        Path orphan = repository.resolve("lfs/objects/ab/ab/" + hex);
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "bytes of a commit that nobody pushed");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    }

    @Test
    void listsAndThenRemovesWhatNothingNeeds() {
        assertThat(laurel("gc", "--dry-run").out().lines())
                .containsExactly(
                        "sha256:" + "ab".repeat(32) + "  36 bytes  last touched 2026-01-02T03:04:05Z",
                        "would remove 1 files that nothing needs, 36 bytes; 0 are needed, 0 bytes");
        assertThat(laurel("gc").out())
                .matches("removed 1 files that nothing needs, 36 bytes; 0 are needed, 0 bytes\\R"
                        + "packed \\d+ loose objects of Git: \\d+ bytes, now \\d+ bytes in 1 packs");
        assertThat(laurel("gc", "--output", "json").out())
                .contains("\"dry_run\" : false", "\"unneeded\" : [ ]", "\"loose\" : 0");
        assertThat(laurel("verify").out()).endsWith("no faults");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            never | grace: never (expected: a time such as 14d, 12h, 30m or 0s)
            -1d   | grace: -1d (expected: a time such as 14d, 12h, 30m or 0s)
            """)
    void aWrongGraceIsAUsageError(String grace, String message) {
        assertThat(laurel("gc", "--grace=" + grace)).isEqualTo(new Laurel(2, "", "laurel: " + message));
    }

    @Test
    void leavesAHostedRepositoryToItsHost() {
        Laurel laurel = Laurel.run("gc", "--repo", "https://git.laurel.example/models.git");

        assertThat(laurel.exit()).isEqualTo(1);
        assertThat(laurel.err())
                .endsWith("(expected: a folder on this machine; the host of a repository collects the garbage there)");
    }

    private Laurel laurel(Object... arguments) {
        Object[] all = Stream.concat(Stream.of(arguments), Stream.of("--repo", repository))
                .toArray();
        return Laurel.run(all);
    }
}

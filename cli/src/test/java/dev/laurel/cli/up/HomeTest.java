package dev.laurel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path folder;

    @Test
    void aFileInPlaceOfTheHomeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("home"), "not a folder");
        assertThat(up(file))
                .isEqualTo(new Laurel(1, "", "laurel: home: " + file + " (expected: a folder, not a file)"));
        Path below = file.resolve("below");
        assertThat(up(below))
                .isEqualTo(new Laurel(1, "", "laurel: home: " + below + " (expected: a folder that can be written)"));
    }

    @Test
    void aForeignFolderIsNoHome() throws IOException {
        Files.writeString(folder.resolve("thesis.tex"), "years of work");
        assertThat(up(folder))
                .isEqualTo(new Laurel(
                        1,
                        "",
                        "laurel: home: " + folder
                                + " (expected: an empty or missing folder, or the home of an earlier 'laurel up')"));
        assertThat(folder).isDirectoryContaining("glob:**thesis.tex").isDirectoryNotContaining("glob:**up.lock");
    }

    @Test
    void aSecondUpOnOneHomeIsRefused() throws IOException {
        Path home = folder.resolve("home");
        try (Home first = Home.open(home)) {
            assertThat(up(home))
                    .isEqualTo(new Laurel(
                            1,
                            "",
                            "laurel: home: %s (expected: a home that no other 'laurel up' uses; process %d does)"
                                    .formatted(home, ProcessHandle.current().pid())));
            assertThat(first.repository()).doesNotExist();
        }
    }

    private static Laurel up(Path home) {
        return Laurel.run("up", "--offline", "--port", "0", "--home", home);
    }
}

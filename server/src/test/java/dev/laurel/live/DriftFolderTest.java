package dev.laurel.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftFolderTest {
    @TempDir
    private Path folder;

    @Test
    void isOfOneServerAtATime() {
        DriftFolder first = DriftFolder.open(folder).orElseThrow();
        assertThat(DriftFolder.open(folder)).isEmpty();

        first.close();
        DriftFolder.open(folder).orElseThrow().close();
    }
}

package dev.laurel.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {
    private static final Environment PRODUCTION = new Environment("production");

    @TempDir
    Path folder;

    @Test
    void aProofIsOfOnePinAndOneSetOfRulesAndOutlivesTheProcess() throws Exception {
        Proofs.in(folder, "https://git/models.git", true).keep(PRODUCTION, "a pin", "0123");

        Proofs again = Proofs.in(folder, "https://git/models.git", true);
        assertThat(again.have(PRODUCTION, "a pin")).isTrue();
        assertThat(again.have(PRODUCTION, "a pin ")).isFalse();
        assertThat(again.have(new Environment("staging"), "a pin")).isFalse();
        assertThat(Proofs.in(folder, "https://other/models.git", true).have(PRODUCTION, "a pin"))
                .isFalse();
        assertThat(Proofs.in(folder, "https://git/models.git", false).have(PRODUCTION, "a pin"))
                .isFalse();
        assertThat(Proofs.none().have(PRODUCTION, "a pin")).isFalse();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept = files.toList();
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0)).content().endsWith("commit: 0123\n");
        }
    }
}

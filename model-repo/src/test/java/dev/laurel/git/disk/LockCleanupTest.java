package dev.laurel.git.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.git.BareRepository;
import dev.laurel.registry.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.LockFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockCleanupTest {
    @TempDir
    Path folder;

    @Test
    void aStoppedProcessLeavesNoLock() throws Exception {
        Path config = folder.resolve("models.git/config");
        Path lock = folder.resolve("models.git/config.lock");
        try (JavaProcess process = JavaProcess.start(Holder.class, config.toString())) {
            assertThat(process.answer()).isEqualTo("locked");
            assertThat(lock).exists();
            process.stop();
        }
        assertThat(lock).doesNotExist();
    }

    @Test
    void opensARepositoryWithoutAllMessagesOfJGit() throws Exception {
        List<String> command = new ArrayList<>(JavaProcess.command("-Xlog:class+load"));
        command.addAll(
                List.of(Opener.class.getName(), folder.resolve("models.git").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String loaded = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(loaded).isZero();
        assertThat(loaded).contains("org.eclipse.jgit.lib.Repository ").doesNotContain("org.eclipse.jgit.nls.NLS ");
    }

    static final class Holder {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path config = Path.of(arguments[0]);
            BareRepository.init(config.getParent()).close();
            System.out.println(new LockFile(config.toFile()).lock() ? "locked" : "not locked");
            Thread.currentThread().join();
        }
    }

    static final class Opener {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            BareRepository.init(folder).close();
            BareRepository.open(folder).orElseThrow().close();
            LockCleanup.skip();
        }
    }
}

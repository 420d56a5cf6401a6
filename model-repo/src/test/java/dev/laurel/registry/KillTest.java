package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.WriterProcess.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers that are killed in the middle of it, half of them on the repository's own disk and half over HTTP: the repository is whole each time, and whoever comes next can write at once. {@code
 * -Dlaurel.kills=300} kills that many; {@code -Dlaurel.seed=1} chooses the moments.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("laurel.kills", 12);
    private static final long SEED = Long.getLong("laurel.seed", System.nanoTime());
    private static final int KILLS_OF_A_REPOSITORY = 6;
    /** A round of registrations, promotions and a rollback is over in less. */
    private static final int LONGEST_MILLIS = 200;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void aKilledWriterHarmsNothingAndHoldsUpNobody() throws Exception {
        System.out.printf("%d kills, -Dlaurel.seed=%d%n", KILLS, SEED);
        List<Callable<Void>> repositories = new ArrayList<>();
        for (int done = 0; done < KILLS; done += KILLS_OF_A_REPOSITORY) {
            Path place = folder.resolve("after-" + done);
            Random random = new Random(SEED + done);
            int kills = Math.min(KILLS_OF_A_REPOSITORY, KILLS - done);
            boolean overHttp = repositories.size() % 2 == 1;
            repositories.add(() -> kill(place, overHttp, random, kills));
        }
        ExecutorService twoAtATime = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> repository : twoAtATime.invokeAll(repositories)) {
                repository.get();
            }
        } finally {
            twoAtATime.shutdown();
        }
    }

    private static Void kill(Path place, boolean overHttp, Random random, int kills) throws Exception {
        Files.createDirectories(place);
        try (HttpShowcase http = HttpShowcase.in(place)) {
            Showcase showcase = http.showcase();
            CommandLine git = CommandLine.in(showcase.bare());
            String location = overHttp ? http.url() : showcase.bare().toString();
            Path cache = place.resolve("cache");
            for (int kill = 1; kill <= kills; kill++) {
                String name = "writer " + kill;
                try (WriterProcess writer = WriterProcess.start(location, cache, Task.UNTIL_KILLED, SPY, name, 0)) {
                    writer.awaitReady();
                    // The moment is the random one, not one that something is waited for.
                    Thread.sleep(random.nextInt(LONGEST_MILLIS));
                    writer.kill();
                }
                expectWhole(showcase, git);
                try (Registry next = WriterProcess.open(location, cache)) {
                    expectWritable(next, "after " + name);
                }
                try (Stream<Path> left = Files.list(showcase.bare().resolve("refs/heads"))) {
                    assertThat(left).containsExactly(showcase.bare().resolve("refs/heads/main"));
                }
            }
            // Memory is small.
            git.at(place).run("rm", "-rf", "models.git", "cache");
        }
        return null;
    }

    private static void expectWhole(Showcase showcase, CommandLine git) {
        assertThat(git.run("git", "fsck", "--strict", "--no-dangling")).isEmpty();
        assertThat(git.run("git", "lfs", "fsck", "main")).isEqualTo("Git LFS fsck OK\n");
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
    }

    private static void expectWritable(Registry registry, String text) {
        Registration registered = registry.register(new Showcase.TextDraft(text), TRAINER);
        assertThat(registered).isInstanceOf(Registration.Registered.class);
        assertThat(registry.promote(PRODUCTION, SPY, registered.version(), "once more", ALICE))
                .isInstanceOf(Promotion.Moved.class);
    }
}

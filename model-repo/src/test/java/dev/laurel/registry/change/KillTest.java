package dev.laurel.registry.change;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.MemoryFolder;
import dev.laurel.registry.showcase.ServerProcess;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.showcase.WriterProcess;
import dev.laurel.registry.showcase.WriterProcess.Task;
import dev.laurel.registry.showcase.WriterProcess.Writer;
import java.io.IOException;
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
 * Writers that are killed in the middle of it, a third of them on the repository's own disk and a third over HTTP, and servers that are
 * killed while somebody writes through them: the repository is whole each time, and whoever comes next can write at once. {@code
 * -Dlaurel.kills=300} kills that many; {@code -Dlaurel.seed=1} chooses the moments.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("laurel.kills", 12);
    private static final long SEED = Long.getLong("laurel.seed", System.nanoTime());
    private static final int KILLS_OF_A_REPOSITORY = 4;
    /** Most of them wait: whoever writes through a server that was killed tries for ten seconds to reach it again. */
    private static final int AT_ONCE = 8;
    /** A round of registrations, promotions and a rollback is over in less. */
    private static final int LONGEST_MILLIS = 200;

    /** What is killed. */
    private enum Victim {
        WRITER,
        WRITER_OVER_HTTP,
        SERVER
    }

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void aKilledProcessHarmsNothingAndHoldsUpNobody() throws Exception {
        System.out.printf("%d kills, -Dlaurel.seed=%d%n", KILLS, SEED);
        List<Callable<Void>> repositories = new ArrayList<>();
        for (int done = 0; done < KILLS; done += KILLS_OF_A_REPOSITORY) {
            Path place = folder.resolve("after-" + done);
            Random random = new Random(SEED + done);
            int kills = Math.min(KILLS_OF_A_REPOSITORY, KILLS - done);
            Victim victim = Victim.values()[repositories.size() % Victim.values().length];
            repositories.add(() -> kill(victim, place, random, kills));
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Void> repository : threads.invokeAll(repositories)) {
                repository.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Void kill(Victim victim, Path place, Random random, int kills) throws Exception {
        Files.createDirectories(place);
        try (HttpShowcase http = HttpShowcase.in(place)) {
            switch (victim) {
                case WRITER -> killWriters(http, http.showcase().bare().toString(), random, kills);
                case WRITER_OVER_HTTP -> killWriters(http, http.url(), random, kills);
                case SERVER -> killServers(http.showcase(), random, kills);
            }
            // Memory is small.
            CommandLine.in(place).run("rm", "-rf", "models.git", "cache");
        }
        return null;
    }

    private static void killWriters(HttpShowcase http, String location, Random random, int kills) throws Exception {
        Showcase showcase = http.showcase();
        Path cache = cache(showcase);
        for (int kill = 1; kill <= kills; kill++) {
            String name = "writer " + kill;
            try (WriterProcess writer = WriterProcess.start()) {
                writer.begin(location, cache, Task.UNTIL_KILLED, SPY, name, 0);
                writer.awaitReady();
                awaitAnyMoment(random);
                writer.kill();
            }
            expectWhole(showcase);
            try (Registry next = WriterProcess.open(location, cache)) {
                expectWritable(showcase, next, "after " + name);
            }
        }
    }

    private static void killServers(Showcase showcase, Random random, int kills) throws Exception {
        Path cache = cache(showcase);
        ExecutorService client = Executors.newSingleThreadExecutor();
        ServerProcess server = ServerProcess.start(showcase.bare(), 0);
        try {
            for (int kill = 1; kill <= kills; kill++) {
                String name = "client " + kill;
                try (Registry registry = WriterProcess.open(server.url(), cache)) {
                    Writer writer = new Writer(registry, SPY, name);
                    writer.bootstrap();
                    Future<?> writing = client.submit(writer::writeForEver);
                    awaitAnyMoment(random);
                    server.kill();
                    // Whoever was writing through it is told so, and nothing else.
                    assertThatThrownBy(writing::get).hasCauseInstanceOf(RegistryException.class);
                }
                server.close();
                expectWhole(showcase);
                server = ServerProcess.start(showcase.bare(), server.port());
                try (Registry next = WriterProcess.open(server.url(), cache)) {
                    expectWritable(showcase, next, "after " + name);
                }
            }
        } finally {
            server.close();
            client.shutdown();
        }
    }

    private static Path cache(Showcase showcase) {
        return showcase.bare().resolveSibling("cache");
    }

    /** The moment is the random one, not one that something is waited for. */
    private static void awaitAnyMoment(Random random) throws InterruptedException {
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
    }

    private static void expectWhole(Showcase showcase) {
        CommandLine git = CommandLine.in(showcase.bare());
        assertThat(git.run("git", "fsck", "--strict", "--no-dangling")).isEmpty();
        assertThat(git.run("git", "lfs", "fsck", "main")).isEqualTo("Git LFS fsck OK\n");
        assertThat(showcase.registry()
                        .verify(null, null, (what, done, total) -> {})
                        .faults())
                .isEmpty();
    }

    private static void expectWritable(Showcase showcase, Registry registry, String text) throws IOException {
        Registration registered = registry.register(new Showcase.TextDraft(text), TRAINER);
        assertThat(registered).isInstanceOf(Registration.Registered.class);
        assertThat(registry.promote(PRODUCTION, SPY, registered.version(), "once more", ALICE))
                .isInstanceOf(Promotion.Moved.class);
        try (Stream<Path> left = Files.list(showcase.bare().resolve("refs/heads"))) {
            assertThat(left).containsExactly(showcase.bare().resolve("refs/heads/main"));
        }
    }
}

package dev.laurel.cli;

import dev.laurel.cli.common.Authors;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Author;
import dev.laurel.registry.Registry;
import dev.laurel.run.TrainingRun;
import dev.laurel.source.RowStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A models repository with a past: four versions of one model, each really trained, two environments, promotions by the gate and by a
 * person, a rollback and its release.
 */
public final class Showcase {
    public static final ModelName DAILY = new ModelName("daily");
    public static final Environment PRODUCTION = new Environment("production");
    public static final Environment STAGING = new Environment("staging");
    public static final Author ALICE = new Author("Alice", "alice@laurel.example");

    private static final Clock TIME = Clock.fixed(Instant.parse("2026-11-21T10:15:30Z"), ZoneOffset.UTC);

    private Showcase() {}

    public static Path in(Path folder) {
        Path bare = folder.resolve("models.git");
        try (Registry registry = Registry.create(bare, new TreeMap<>(Map.of(DAILY, definition())), ALICE)) {
            RowStore rows = new RowStore(folder.resolve("rows"), true, TIME);
            for (int run = 0; run < 4; run++) {
                new TrainingRun(
                                registry,
                                rows,
                                new PullRequests(registry, Optional::empty),
                                PRODUCTION,
                                Authors.automation(),
                                line -> {},
                                TIME)
                        .run(DAILY);
            }
            registry.promote(STAGING, DAILY, new Version(3), "try it on the desk", ALICE);
            registry.promote(PRODUCTION, DAILY, STAGING, "a quiet week in staging", ALICE);
            registry.rollBack(PRODUCTION, DAILY, null, "odd answers since noon", ALICE);
            registry.release(PRODUCTION, DAILY, ALICE);
        }
        return bare;
    }

    /** Another one of the same model, whose first version is the champion. */
    public static Path withOneVersion(Path folder) {
        Path bare = folder.resolve("models.git");
        try (Registry registry = Registry.create(bare, new TreeMap<>(Map.of(DAILY, definition())), ALICE)) {
            RowStore rows = new RowStore(folder.resolve("rows"), true, TIME);
            PullRequests pullRequests = new PullRequests(registry, Optional::empty);
            new TrainingRun(registry, rows, pullRequests, PRODUCTION, Authors.automation(), line -> {}, TIME)
                    .run(DAILY);
        }
        return bare;
    }

    private static byte[] definition() {
        try (InputStream file = Showcase.class.getResourceAsStream("/daily.yaml")) {
            return Objects.requireNonNull(file, "daily.yaml").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.laurel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.repository.Starter;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
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
    void collectsOnceThereIsEnough() throws IOException {
        StringWriter out = new StringWriter();
        try (Registry registry = Registry.open(repository);
                Housekeeping housekeeping = new Housekeeping(registry, -1, new PrintWriter(out, true))) {
            housekeeping.tidy();
            await().untilAsserted(() -> assertThat(out.toString()).startsWith("removed 1 files that nothing needs"));
        }
        try (Stream<Path> packs = Files.list(repository.resolve("objects/pack"))) {
            assertThat(packs).isNotEmpty();
        }
    }

    @Test
    void leavesAYoungRepositoryAlone() throws IOException {
        try (Registry registry = Registry.open(repository);
                Housekeeping housekeeping = new Housekeeping(
                        registry, Housekeeping.MANY_LOOSE_OBJECTS, new PrintWriter(Writer.nullWriter()))) {
            housekeeping.tidy();
        }
        try (Stream<Path> packs = Files.list(repository.resolve("objects/pack"))) {
            assertThat(packs).isEmpty();
        }
    }
}

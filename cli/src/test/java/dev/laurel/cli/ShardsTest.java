package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.repository.Starter;
import dev.laurel.database.TestDatabase;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that several processes share comes to the bytes of one. */
class ShardsTest {
    private static final int SHARDS = 5;
    private static final String IRIS = "sepal_length,sepal_width,petal_length,petal_width,species\n";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() {
        Starter starter = Starter.choose(List.of("iris", "airline-passengers"), true, null);
        Registry.create(shared.resolve("models.git"), new TreeMap<>(starter.definitions()), Showcase.ALICE)
                .close();
        for (String model : List.of("iris", "airline-passengers")) {
            Laurel trained = laurel("train", model, "--offline");
            assertThat(trained.exit()).as(trained.toString()).isZero();
        }
    }

    private static Laurel laurel(Object... arguments) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--repo";
        all[arguments.length + 1] = shared.resolve("models.git");
        return Laurel.run(all);
    }

    /** Enough for several blocks of each shard, some lines of which are no rows, and a number of blocks that no shard number divides. */
    private Path flowers(int rows) throws IOException {
        StringBuilder text = new StringBuilder(IRIS);
        for (int i = 0; i < rows; i++) {
            text.append(
                    i % 997 == 0
                            ? "5.1,none,1.4,0.2,setosa\n"
                            : "5.%s,3.5,%s.4,0.%s,\"a\nb\"\n".formatted(i % 10, i % 7, i % 3));
        }
        return Files.writeString(folder.resolve("rows.csv"), text.toString());
    }

    private Laurel shard(String model, Path rows, Path to, int number) {
        return laurel("predict", model, "--from", rows, "--to", to, "--shards", SHARDS, "--shard", number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"predictions.csv", "predictions.csv.gz"})
    void theShardsOfAFileBecomeTheFileOfOneProcess(String name) throws IOException {
        Path rows = flowers(4096 * 13 + 5);
        Path whole = Files.createDirectory(folder.resolve("whole")).resolve(name);
        Path parts = Files.createDirectory(folder.resolve("parts")).resolve(name);
        assertThat(laurel("predict", "iris", "--from", rows, "--to", whole).exit())
                .isEqualTo(ExitCodes.REJECTED);

        for (int number = SHARDS - 1; number >= 0; number--) {
            Laurel shard = shard("iris", rows, parts, number);
            assertThat(shard.exit()).as(shard.toString()).isZero();
        }
        Laurel joined = laurel("join", parts, "--shards", SHARDS);

        assertThat(joined.exit()).as(joined.toString()).isEqualTo(ExitCodes.REJECTED);
        assertThat(parts).hasSameBinaryContentAs(whole);
        assertThat(parts.resolveSibling("predictions.rejected.csv"))
                .hasSameBinaryContentAs(whole.resolveSibling("predictions.rejected.csv"));
    }

    /** Its features read the rows before, which are in other blocks. */
    @Test
    void aModelThatReadsRowsBeforeDoesSoAcrossShards() throws IOException {
        StringBuilder text = new StringBuilder("month,passengers\n");
        for (int i = 0; i < 12 * 800; i++) {
            text.append("%04d-%02d-01,%s\n".formatted(1200 + i / 12, i % 12 + 1, 100 + i * 7 % 400));
        }
        Path rows = Files.writeString(folder.resolve("rows.csv"), text.toString());
        Path whole = folder.resolve("whole.csv");
        Path parts = folder.resolve("parts.csv");
        Laurel one = laurel("predict", "airline-passengers", "--from", rows, "--to", whole);
        assertThat(one.exit()).as(one.toString()).isEqualTo(ExitCodes.REJECTED);

        for (int number = 0; number < SHARDS; number++) {
            Laurel shard = shard("airline-passengers", rows, parts, number);
            assertThat(shard.exit()).as(shard.toString()).isZero();
        }

        assertThat(laurel("join", parts, "--shards", SHARDS).exit()).isEqualTo(ExitCodes.REJECTED);
        assertThat(parts).hasSameBinaryContentAs(whole);
    }

    @Test
    void aShardThatWasKilledIsRunAgain() throws IOException, InterruptedException {
        Path rows = flowers(4096 * 7);
        Path whole = folder.resolve("whole.csv");
        Path parts = folder.resolve("parts.csv");
        laurel("predict", "iris", "--from", rows, "--to", whole);
        Machine machine = Machine.plain(folder.resolve("machine")).set("JOB_COMPLETION_INDEX", 3);
        Path err = folder.resolve("err.txt");
        Process killed = machine.start(
                folder.resolve("out.txt"),
                err,
                "predict",
                "iris",
                "--from",
                "-",
                "--to",
                parts,
                "--shards",
                SHARDS,
                "--repo",
                shared.resolve("models.git"));
        try (OutputStream in = killed.getOutputStream()) {
            // As much as makes it write its part, and then no more.
            in.write(Arrays.copyOf(Files.readAllBytes(rows), (int) (Files.size(rows) * 0.9)));
            in.flush();
            await().atMost(Duration.ofMinutes(1)).until(() -> unfinished(folder) == 1);
            killed.destroyForcibly().waitFor();
        }
        assertThat(unfinished(folder))
                .as("what it left does not look like a part")
                .isOne();
        for (int number : new int[] {0, 1, 2, 4}) {
            assertThat(shard("iris", rows, parts, number).exit()).isZero();
        }

        Laurel early = laurel("join", parts, "--shards", SHARDS);
        assertThat(early.exit()).isOne();
        assertThat(early.err()).contains("4 of 5, without shard 3 (expected: all of them");
        assertThat(parts).doesNotExist();

        Laurel again = machine.laurel(
                "predict",
                "iris",
                "--from",
                rows,
                "--to",
                parts,
                "--shards",
                SHARDS,
                "--repo",
                shared.resolve("models.git"));
        assertThat(again.exit()).as(again.toString()).isZero();
        assertThat(laurel("join", parts, "--shards", SHARDS).exit()).isEqualTo(ExitCodes.REJECTED);
        assertThat(parts).hasSameBinaryContentAs(whole);
    }

    private static long unfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".parts.csv.part-0003-of-0005-"))
                    .count();
        }
    }

    @Test
    void partsThatDoNotBelongTogetherAreNotJoined() throws IOException {
        Path rows = flowers(4096 * 3);
        Path parts = folder.resolve("parts.csv");
        for (int number = 0; number < SHARDS; number++) {
            assertThat(shard("iris", rows, parts, number).exit()).isZero();
        }
        Files.writeString(rows, Files.readString(rows).replace("3.5", "3.6"));
        assertThat(shard("iris", rows, parts, 2).exit()).isZero();

        Laurel changed = laurel("join", parts, "--shards", SHARDS);
        assertThat(changed.exit()).isOne();
        assertThat(changed.err())
                .contains("the rows have changed between the shards: do them again")
                .hasLineCount(1);
        assertThat(parts).doesNotExist();

        Path cut = folder.resolve("parts.csv.part-0001-of-0005");
        String one = Files.readString(cut);
        Files.writeString(cut, one + one);
        assertThat(laurel("join", parts, "--shards", SHARDS).err()).contains("more after its end");
        Files.writeString(cut, one.replaceFirst("\nblock \\d+", "\nblock -1"));
        assertThat(laurel("join", parts, "--shards", SHARDS).err()).contains("-1 (expected: a number, 0 or more)");
        Files.writeString(cut, one);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 5000));
        assertThat(laurel("join", parts, "--shards", SHARDS).err()).contains("cut off (expected: a whole part)");
        Files.writeString(cut, "nothing of ours\n");
        assertThat(laurel("join", parts, "--shards", SHARDS).err())
                .contains("nothing of ours (expected: laurel part 1)");
    }

    @Test
    void aNumberWithoutACountIsRefused() throws IOException {
        Path all = folder.resolve("all.csv");

        Laurel one = laurel("predict", "iris", "--from", flowers(10), "--to", all, "--shard", 1);

        assertThat(one.exit()).isOne();
        assertThat(one.err()).contains("--shard: 1 (expected: none without --shards)");
        assertThat(all).doesNotExist();
    }

    @Test
    void shardsFillATableOnceEach() throws IOException {
        Path rows = flowers(4096 * 6);
        TestDatabase database = TestDatabase.create();
        for (int number = 0; number < SHARDS; number++) {
            Laurel shard = laurel(
                    "predict",
                    "iris",
                    "--from",
                    rows,
                    "--to",
                    database.address(),
                    "--shards",
                    SHARDS,
                    "--shard",
                    number);
            assertThat(shard.exit()).as(shard.toString()).isEqualTo(ExitCodes.REJECTED);
            assertThat(folder.resolve("rows.rejected-%s-of-5.csv".formatted(number)))
                    .isRegularFile();
        }

        assertThat(database.rows("select count(*), count(distinct key) from predictions"))
                .containsExactly("24551|24551");
    }

    @Test
    void whatIsWrongIsSaidInALine() throws IOException {
        Path rows = flowers(10);
        assertThat(laurel("predict", "iris", "--from", rows, "--to", folder.resolve("x.csv"), "--shards", 5)
                        .err())
                .contains("--shard: missing (expected: 0..4, or JOB_COMPLETION_INDEX");
        assertThat(shard("iris", rows, folder.resolve("x.csv"), 5).err()).contains("shard: 5 (expected: 0..4)");
        assertThat(laurel("predict", "iris", "--from", rows, "--shards", 5, "--shard", 1)
                        .err())
                .contains("--to: - (expected: a file or a database");
        assertThat(laurel(
                                "predict",
                                "iris",
                                "--from",
                                rows,
                                "--to",
                                folder.resolve("x"),
                                "--shards",
                                5,
                                "--shard",
                                1,
                                "--drift")
                        .err())
                .contains("--drift: with --shards (expected: 'laurel drift' over all rows");
    }

    private static final Map<String, String> SEARCHES = Map.of(
            "random", "  kind: random\n  trials: 7\n",
            "tpe", "  kind: tpe\n  trials: 7\n  startup: 4\n  together: 3\n",
            "pruned", "  kind: random\n  trials: 11\n  prune: median\n");

    /** Each shard twice: the second time finds what it depends on. */
    @ParameterizedTest
    @ValueSource(strings = {"random", "tpe", "pruned"})
    void theTrialsOfShardsBecomeTheVersionOfOneProcess(String search) throws IOException {
        String definition = new String(
                        Starter.choose(List.of("gold-change"), true, null)
                                .definitions()
                                .get(new ModelName("gold-change")),
                        StandardCharsets.UTF_8)
                .replaceFirst("(?s)search:\n.*?  ranges:\n", "search:\n" + SEARCHES.get(search) + "  ranges:\n");
        Path one = folder.resolve("one.git");
        Path many = folder.resolve("many.git");
        for (Path repository : List.of(one, many)) {
            Registry.create(
                            repository,
                            new TreeMap<>(
                                    Map.of(new ModelName("gold-change"), definition.getBytes(StandardCharsets.UTF_8))),
                            Showcase.ALICE)
                    .close();
        }
        Path cache = folder.resolve("cache");

        for (int round = 0; round < 2; round++) {
            for (int number = 2; number >= 0; number--) {
                Laurel shard = Laurel.run(
                        "train",
                        "gold-change",
                        "--offline",
                        "--cache",
                        cache,
                        "--shards",
                        3,
                        "--shard",
                        number,
                        "--repo",
                        many);
                assertThat(shard.exit()).as(shard.toString()).isZero();
            }
        }
        Laurel together = Laurel.run("train", "gold-change", "--offline", "--cache", cache, "--repo", many);
        Laurel alone =
                Laurel.run("train", "gold-change", "--offline", "--cache", folder.resolve("other"), "--repo", one);

        assertThat(together.exit()).as(together.toString()).isZero();
        assertThat(together.out()).contains("going on");
        assertThat(alone.out()).doesNotContain("going on");
        assertThat(recorded(many)).isNotEmpty().isEqualTo(recorded(one));
    }

    /** What is the same on each machine, whenever it was made. */
    private static List<Object> recorded(Path repository) {
        try (Registry registry = Registry.open(repository)) {
            ModelName model = new ModelName("gold-change");
            Version version = new Version(1);
            return List.of(
                    registry.head().record(model, version).modelFile(),
                    registry.head().report(model, version));
        }
    }
}

package dev.laurel.cli.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Draft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands that read say about a repository with a past. {@code -Dgolden.write=true} writes it down anew. */
class ReadingCommandsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    private static Path folder;

    private static Path repository;

    @BeforeAll
    static void create() {
        repository = Showcase.in(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            models                                 | models.txt
            models --output json                   | models.json
            versions daily                         | versions.txt
            versions daily --last 1 --output json  | versions.json
            show daily                             | show-model.txt
            show daily --output json               | show-model.json
            show daily v1                          | show-bootstrap.txt
            show daily v3                          | show-version.txt
            log daily                              | log.txt
            log daily --env production --limit 2 --output json | log.json
            diff daily v1 v3                       | diff.txt
            diff daily v1 v3 --output json         | diff.json
            at main daily                          | at.txt
            at main~2 --output json                | at.json
            """)
    void saysWhatThereIs(String line, String golden) throws IOException {
        Laurel laurel = laurel(line);

        assertThat(laurel.exit()).as(laurel.err()).isZero();
        assertThat(laurel.err()).isEmpty();
        Path file = GOLDEN.resolve(golden);
        String said = withoutChance(laurel.out()) + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, said);
        }
        assertThat(said).isEqualTo(Files.readString(file));
    }

    /** Ids and times of commits, digests that cover them, the machine and the last digits of a number may be others each time. */
    private static String withoutChance(String said) {
        return said.replaceAll("\\b[0-9a-f]{64}\\b", "d".repeat(64))
                .replaceAll("\\b[0-9a-f]{40}\\b", "c".repeat(40))
                .replaceAll("sha256:[0-9a-f]{10}\\b", "sha256:dddddddddd")
                .replaceAll("\\b[0-9a-f]{10}\\b", "cccccccccc")
                .replaceAll(
                        "(?!2026-11-21T10:15:30Z)\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "2026-11-30T00:00:00Z")
                .replaceAll("(?m)^(platform|libraries) .*", "$1 ...")
                .replaceAll("with Laurel [^,]+", "with Laurel ...")
                .replaceAll("(\\d\\.\\d{6})\\d+", "$1")
                .replaceAll("\\d+ bytes", "... bytes")
                .replaceAll("\"size\" : \\d+", "\"size\" : 0");
    }

    private static Laurel laurel(String line) {
        List<Object> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--repo", repository));
        return Laurel.run(words.toArray());
    }

    @Test
    void anOlderCommitHadAnotherChampion() {
        assertThat(laurel("at main~1").out()).contains("v1, held");
        assertThat(laurel("at main~2").out()).contains("v3").doesNotContain("held");
        assertThat(laurel("at main~20").err()).startsWith("laurel: commit: main~20 (expected: ");
    }

    @Test
    void aTimeIsThatOfTheCommits() {
        assertThat(laurel("at 2999-12-31").out()).isEqualTo(laurel("at main").out());
        assertThat(laurel("at 2999-12-31T10:00").out())
                .isEqualTo(laurel("at main").out());
        assertThat(laurel("at 1999-12-31T10:00+01:00"))
                .isEqualTo(new Laurel(
                        1, "", "laurel: time: 1999-12-31T09:00:00Z (expected: one after main's first commit)"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at 2026-13-01           | time: 2026-13-01 (expected: such as 2026-11-21, 2026-11-21T09:30 or 2026-11-21T09:30:00+01:00)
            at                      | WHEN: missing (expected: a value; see 'laurel at --help')
            versions daily --last 0 | last: 0 (expected: 1..999999)
            show daily seven        | version: seven (expected: v1, v2, ...)
            diff daily v1           | arguments: daily v1 (expected: a model and two versions, such as spy-direction v5 v7)
            diff daily v1 seven     | version: seven (expected: v1, v2, ...)
            promote daily --from production       | --from: production (expected: another environment than that of --env)
            promote daily v3 --from staging       | version: v3 (expected: none beside --from; it is the champion of staging)
            """)
    void aWrongWordIsAUsageError(String line, String message) {
        assertThat(laurel(line)).isEqualTo(new Laurel(2, "", "laurel: " + message));
    }

    @Test
    void aTimeWithABlankIsToldHowTimesAreWritten() {
        assertThat(Laurel.run("at", "2026-11-21 09:30", "--repo", repository).err())
                .isEqualTo(
                        "laurel: time: 2026-11-21 09:30 (expected: such as 2026-11-21, 2026-11-21T09:30 or 2026-11-21T09:30:00+01:00)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            versions nope        | model: nope (expected: one of daily)
            show nope v1         | model: nope (expected: one of daily)
            diff nope v1 v2      | model: nope (expected: one of daily)
            at main nope         | model: nope (expected: one of daily)
            promote daily --from shadow | daily in shadow: no version is pinned, so there is none to promote to production
            """)
    void whatIsNotThereIsAnError(String line, String message) {
        assertThat(laurel(line)).isEqualTo(new Laurel(1, "", "laurel: " + message));
    }

    @Test
    void aVersionThatIsNotThereIsAnError() {
        for (String line : List.of("show daily v9", "diff daily v1 v9")) {
            Laurel laurel = laurel(line);
            assertThat(laurel.exit()).isEqualTo(1);
            assertThat(laurel.err()).matches("laurel: no v9 of daily is registered at commit [0-9a-f]{12}");
        }
    }

    @Test
    void aReportThatIsNoneHidesNoOtherVersion(@TempDir Path other) {
        Path damaged = Showcase.in(other);
        try (Registry registry = Registry.open(damaged)) {
            registry.register(new Unreadable(), Showcase.ALICE);
        }

        Laurel laurel = Laurel.run("versions", "daily", "--repo", damaged);

        assertThat(laurel.exit()).isZero();
        assertThat(laurel.out().lines().skip(1).limit(2))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("v5 +unreadable: models/daily/versions/00/v5/report.yaml:1: .*"),
                        line -> assertThat(line).startsWith("v4       2026-11-21T10:15:30Z"));
    }

    /** A version whose report is none. */
    private record Unreadable() implements Draft {
        @Override
        public ModelName model() {
            return Showcase.DAILY;
        }

        @Override
        public byte[] modelFile() {
            return new byte[] {1};
        }

        @Override
        public byte[] data() {
            return new byte[] {2};
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>(Map.of("report.yaml", "nothing\n".getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String summary() {
            return "nothing";
        }
    }

    @Test
    void eachHelpShowsAnExampleAndTheExitCodes() {
        for (String command : List.of("models", "versions", "show", "log", "diff", "at", "promote", "gc", "register")) {
            assertThat(Laurel.run(command, "--help").out())
                    .contains("Example:", "  laurel " + command, "Exit codes:", "--output=FORMAT");
        }
    }
}

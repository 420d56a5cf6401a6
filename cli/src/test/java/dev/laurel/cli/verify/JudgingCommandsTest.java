package dev.laurel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that measure or train again, on a repository with a past. */
class JudgingCommandsTest {
    @TempDir
    private static Path folder;

    private static Path repository;
    private static Path rows;

    @BeforeAll
    static void create() throws IOException {
        repository = Showcase.in(folder);
        rows = folder.resolve("rows.csv");
        try (Registry registry = Registry.open(repository)) {
            Content data =
                    registry.head().record(Showcase.DAILY, new Version(4)).data();
            Files.write(rows, registry.fetch(data.digest(), data.size()));
        }
    }

    @Test
    void gatePrintsItsVerdictAndExitsWith3WhereItRejects() {
        Laurel rejected = laurel("gate --base main~3 --head main~2");
        Laurel back = laurel("gate --base main~2 --head main~1");

        assertThat(rejected.exit()).isEqualTo(3);
        assertThat(rejected.out())
                .startsWith("## Gate: rejected\n")
                .contains("### daily in production: v1 → v3, rejected", "(expected: at least +0.0100)", "| accuracy |");
        assertThat(back.exit()).as(back.err()).isZero();
        assertThat(back.out())
                .startsWith("## Gate: passed\n")
                .contains("- `v1 was champion here before: verified, not judged`");
    }

    @Test
    void gateSaysThatNothingMoves() {
        Laurel gate = laurel("gate --base main --head main");

        assertThat(gate.exit()).isZero();
        assertThat(gate.out()).startsWith("## Gate: passed\n").endsWith("No pin moves, so there is nothing to judge.");
    }

    @Test
    void gateNamesTheBytesThatItMisses(@TempDir Path other) throws IOException {
        String line = "gate --base main~3 --head main~2 --missing";
        assertThat(laurel(line)).isEqualTo(new Laurel(0, "", ""));

        Path emptied = Showcase.in(other);
        Files.move(emptied.resolve("lfs"), other.resolve("lfs"));
        List<Object> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--repo", emptied));
        assertThat(Laurel.run(words.toArray()).out())
                .contains("models/daily/versions/00/v1/daily.model", "models/daily/versions/00/v3/daily.model", "data/")
                .doesNotContain("v2");
    }

    @Test
    void gatePrintsJsonForPrograms() {
        Laurel gate = laurel("gate --base main~3 --head main~2 --output json");

        assertThat(gate.exit()).isEqualTo(3);
        assertThat(gate.out())
                .contains("\"verdict\" : \"rejected\"", "\"environment\" : \"production\"", "\"to\" : \"v3\"");
    }

    @Test
    void bisectNamesThePromotionAndTheWayBack() {
        Laurel bisect = laurel("bisect daily --data " + rows + " --metric accuracy --below 1.1");

        assertThat(bisect.exit()).as(bisect.err()).isZero();
        assertThat(bisect.out().lines())
                .first()
                .asString()
                .matches(
                        "v1 by [0-9a-f]{10} of Alice at \\S+: accuracy 0\\.\\d{4} \\[0\\.\\d{3}, 0\\.\\d{3}] on \\d+ rows, below");
        assertThat(bisect.out())
                .contains("daily in production went below 1.1 with v1, commit ")
                .endsWith("so there is none to go back to");
    }

    @Test
    void bisectSaysWhereTheNewestChampionIsNotBelow() {
        Laurel bisect = laurel("bisect daily --data " + rows + " --metric log-loss --below 99 --output json");

        assertThat(bisect.exit()).isZero();
        assertThat(bisect.out())
                .startsWith("{")
                .contains("\"metric\" : \"log-loss\"")
                .doesNotContain("\"found\"");
        assertThat(bisect.err()).startsWith("v1 by ");
    }

    @Test
    void reproduceSaysThatTheModelFileIsTheSame() {
        Laurel reproduce = laurel("reproduce daily v2");

        assertThat(reproduce.exit()).as(reproduce.err()).isZero();
        assertThat(reproduce.out().lines())
                .last()
                .asString()
                .matches("daily v2: reproduced: the same model file, sha256:[0-9a-f]{64}");
    }

    @Test
    void whatChangedSinceIsNamed(@TempDir Path other) throws IOException {
        Path changed = Showcase.in(other);
        try (Registry registry = Registry.open(changed)) {
            registry.promote(Showcase.PRODUCTION, Showcase.DAILY, new Version(4), "try it", Showcase.ALICE);
            String hex = registry.head()
                    .record(Showcase.DAILY, new Version(1))
                    .data()
                    .digest()
                    .hex();
            Files.delete(changed.resolve(Path.of("lfs", "objects", hex.substring(0, 2), hex.substring(2, 4), hex)));
        }

        Laurel bisect = Laurel.run(
                "bisect", "daily", "--data", rows, "--metric", "accuracy", "--below", "0.65", "--repo", changed);
        Laurel reproduce = Laurel.run("reproduce", "daily", "v1", "--repo", changed);

        assertThat(bisect.out())
                .endsWith(
                        "back to v1: laurel rollback daily --to v1 --env production --reason \"accuracy below 0.65 since v4\" --repo "
                                + changed);
        assertThat(reproduce.exit()).isEqualTo(3);
        assertThat(reproduce.out())
                .startsWith("daily v1: not reproduced: no model file, recorded was sha256:")
                .contains("  data: bytes of sha256:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gate --base main                                 | --head: missing (expected: a value; see 'laurel gate --help')
            bisect daily --data x --below 0.5 --metric gini  | metric: gini (expected: accuracy, balanced-accuracy, precision, recall, f1, auc, pr-auc, log-loss, brier, calibration-error, rmse, mae, mape, r2, median-error, p90-error, bias)
            bisect daily --below 0.5                         | --data: missing (expected: a value; see 'laurel bisect --help')
            reproduce daily                                  | VERSION: missing (expected: a value; see 'laurel reproduce --help')
            """)
    void aWrongWordIsAUsageError(String line, String message) {
        assertThat(laurel(line)).isEqualTo(new Laurel(2, "", "laurel: " + message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gate --base nope --head main                     | base: nope (expected: a branch, a tag or a commit of this repository)
            bisect daily --data nope.csv --below 0.5         | data: nope.csv (expected: a CSV file that can be read)
            reproduce nope v1                                | model: nope (expected: one of daily)
            """)
    void whatIsNotThereIsAnError(String line, String message) {
        assertThat(laurel(line)).isEqualTo(new Laurel(1, "", "laurel: " + message));
    }

    @Test
    void eachHelpShowsAnExampleAndTheExitCodes() {
        for (String command : List.of("gate", "bisect", "reproduce")) {
            assertThat(Laurel.run(command, "--help").out())
                    .contains("Example:", "  laurel " + command, "Exit codes:", "--output=FORMAT");
        }
    }

    private static Laurel laurel(String line) {
        List<Object> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--repo", repository));
        return Laurel.run(words.toArray());
    }
}

package dev.laurel.cli.train;

import static dev.laurel.cli.Showcase.ALICE;
import static dev.laurel.cli.Showcase.PRODUCTION;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.delivery.Clone;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate asks beside its metric, from a definition to the pin: in the north the outcome follows x, in the larger south y. */
class GateRulesTest {
    private static final ModelName MODEL = new ModelName("outcome");
    private static final String NO_RULES = "";

    @TempDir
    private Path folder;

    private Path data;
    private Path repository;

    @BeforeEach
    void northAndSouth() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        repository = folder.resolve("models.git");
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("day,region,x,y,outcome\n");
        for (int i = 0; i < 1_200; i++) {
            boolean north = i % 4 == 0;
            double x = random.nextDouble();
            double y = random.nextDouble();
            csv.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%.4f,%.4f,%s\n",
                    LocalDate.of(2020, 1, 1).plusDays(i),
                    north ? "north" : "south",
                    x,
                    y,
                    (north ? x : y) > 0.5 ? "yes" : "no"));
        }
        Files.writeString(data.resolve("rows.csv"), csv);
    }

    @Test
    void aChallengerThatIsBetterThanAChampionButNotForEveryGroup() throws IOException {
        create("x", NO_RULES);
        assertThat(train().exit()).isZero();

        define("y", """
                  rules:
                    - kind: groups
                      of: region
                      by: 0.05
                """);
        Laurel train = train();

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.out()).contains("rejected").contains("accuracy of region=north on 120 rows");
        assertThat(champion()).contains(new Version(1));
    }

    @Test
    void aChallengerThatKeepsEveryRule() throws IOException {
        create("x", NO_RULES);
        assertThat(train().exit()).isZero();

        define("y", """
                  rules:
                    - kind: gain-share
                      share: 0.1
                    - kind: sure
                    - kind: beats-naive
                    - kind: not-worse
                      metric: balanced-accuracy
                      by: 0.01
                    - kind: groups
                      of: region
                      by: 0.9
                    - kind: file-size
                      most: 1000000
                    - kind: time
                      most: 1000000
                """);
        Laurel train = train();

        assertThat(train.exit()).as(train.out() + train.err()).isZero();
        assertThat(champion()).contains(new Version(2));
        Laurel verify = Laurel.run("verify", "--repo", repository);
        assertThat(verify.out()).endsWith("no faults");
    }

    @Test
    void theFirstVersionIsAskedWhatNeedsNoChampion() {
        create("x", """
                  rules:
                    - kind: file-size
                      most: 100
                """);
        Laurel train = train();

        assertThat(train.exit()).as(train.err()).isZero();
        assertThat(train.out()).contains("rejected").containsPattern("model file: .*expected: at most 100");
        assertThat(champion()).isEmpty();
    }

    private Laurel train() {
        return Laurel.run("train", MODEL, "--data", data, "--repo", repository);
    }

    private void create(String feature, String rules) {
        TreeMap<ModelName, byte[]> definitions = new TreeMap<>();
        definitions.put(MODEL, definition(feature, rules));
        Registry.create(repository, definitions, ALICE).close();
    }

    private void define(String feature, String rules) throws IOException {
        Clone clone = Clone.of(repository, folder.resolve("clone"));
        Files.write(clone.folder().resolve("models/outcome/model.yaml"), definition(feature, rules));
        clone.git("commit", "--quiet", "--all", "-m", "Another feature, and what the gate asks");
        clone.git("push", "--quiet");
    }

    private Optional<Version> champion() {
        try (Registry registry = Registry.open(repository)) {
            return registry.head().pin(PRODUCTION, MODEL).map(Pin::version);
        }
    }

    private static byte[] definition(String feature, String rules) {
        return ("""
                model: outcome
                description: Yes or no, by x in the north and by y in the south.
                source:
                  kind: csv
                  path: rows.csv
                  key: day
                target:
                  kind: label
                  column: outcome
                  positive: "yes"
                features:
                  - name: reading
                    kind: column
                    column: %s
                  - name: stale
                    kind: lag
                    column: %s
                    window: 1
                split:
                  kind: chronological
                  training: 0.5
                  validation: 0.1
                  evaluation: 0.4
                trainer:
                  kind: decision-tree
                experiments:
                  - depth: 2
                seed: 1
                gate:
                  metric: accuracy
                  minimum_gain: 0.01
                  minimum_rows: 20
                  mode: commit
                """.formatted(feature, feature.equals("x") ? "y" : "x") + rules).getBytes(UTF_8);
    }
}

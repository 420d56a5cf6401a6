package dev.laurel.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home of a Laurel before 0.1.0, with the documents that it wrote: each command says what it is, and leaves it alone. */
class EarlierHomeTest {
    private static final Map<String, String> DOCUMENTS = Map.of(
            "laurel.yaml", "format_version: 1\n",
            "models/spy-direction/model.yaml", """
                    model: spy-direction
                    description: Whether the S&P 500 closes higher on the next trading day.
                    task: classification
                    source:
                      kind: yahoo
                      ticker: SPY
                      interval: 1d
                      fallback: sp500-2000
                      chosen: fallback
                    target:
                      column: close
                      horizon: 1
                      up: UP
                      down: DOWN
                    features:
                      - name: return
                        kind: return
                        column: close
                        window: 1
                    split:
                      anchor: 2019-04-17
                      training: 500
                      validation: 60
                      evaluation: 60
                    trainer:
                      kind: random-forest
                      feature_fraction: 0.5
                    experiments:
                      - trees: 50
                        depth: 3
                    seed: 42
                    gate:
                      metric: accuracy
                      minimum_gain: 0.01
                      minimum_rows: 60
                      mode: commit
                    """,
            "models/spy-direction/versions/00/v1/version.yaml", """
                    model: spy-direction
                    version: v1
                    members:
                      spy-direction.model:
                        digest: sha256:e0b3652d82910664c1f5231220e2001fc948a9e6b32461d030c914e55d2f2796
                        size: 4520533
                    data:
                      digest: sha256:dd190d48917a22ff8dbc1a17405e5b197ae0255e6d56c5831d35c5932ea66a00
                      size: 50349
                    """,
            "environments/production/spy-direction/champion.yaml", """
                    model: spy-direction
                    version: v1
                    digest: sha256:e0b3652d82910664c1f5231220e2001fc948a9e6b32461d030c914e55d2f2796
                    size: 4520533
                    record: sha256:a3d5785af0fbe89aa28f713a955440177ddef76dca40e8a8d6ab4f4fe349bb71
                    by: automation
                    evidence:
                      metric: accuracy
                      challenger: 0.5833333333333334
                      rows: 60
                      data: sha256:dd190d48917a22ff8dbc1a17405e5b197ae0255e6d56c5831d35c5932ea66a00
                    """);

    @TempDir
    private Path folder;

    private Path home;
    private Path repository;

    @BeforeEach
    void layDown() throws Exception {
        Path work = folder.resolve("work");
        for (Map.Entry<String, String> document : DOCUMENTS.entrySet()) {
            Path file = work.resolve(document.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, document.getValue());
        }
        home = Files.createDirectory(folder.resolve("home"));
        repository = home.resolve("models.git");
        Files.writeString(home.resolve("up.lock"), "1\n");
        git("init", "-q", "-b", "main", work.toString());
        git("-C", work.toString(), "add", "-A");
        git(
                "-C",
                work.toString(),
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@laurel.example",
                "commit",
                "-q",
                "-m",
                "Old");
        git("clone", "-q", "--bare", work.toString(), repository.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "models",
                "versions spy-direction",
                "show spy-direction v1",
                "log spy-direction",
                "diff spy-direction v1 v1",
                "at 2030-01-01T00:00:00Z",
                "verify",
                "reproduce spy-direction v1",
                "train spy-direction --offline",
                "promote spy-direction v1",
                "rollback spy-direction",
                "release spy-direction",
                "challenge spy-direction v1",
                "withdraw spy-direction",
                "predict spy-direction --input rows.csv",
                "drift spy-direction --input rows.csv",
                "upgrade",
                "gc",
                "serve --port 0"
            })
    void isRefusedAsAWhole(String line) throws IOException {
        SortedMap<String, String> before = files();

        Laurel run = Laurel.run((Object[]) (line + " --repo " + repository).split(" "));

        assertThat(run).isEqualTo(refused());
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void doesNotGoUp() throws IOException {
        SortedMap<String, String> before = files();

        assertThat(Laurel.run("up", "--offline", "--port", "0", "--home", home))
                .isEqualTo(new Laurel(
                        1,
                        "models repository " + repository + ", goes on",
                        refused().err()));
        SortedMap<String, String> after = files();
        assertThat(after.remove("up.lock")).isNotEqualTo(before.remove("up.lock"));
        assertThat(after).isEqualTo(before);
    }

    private Laurel refused() {
        return new Laurel(
                1,
                "",
                "laurel: " + repository
                        + ": laid down by a Laurel before 0.1.0: models/spy-direction/model.yaml has a task, and a target without a kind"
                        + " (expected: the format of 0.1.0, which cannot be made of it; lay down a new models repository with"
                        + " `laurel init`, or with `laurel up --home FOLDER`, and train the models again; nothing was changed here)");
    }

    private SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(
                        home.relativize(file).toString(),
                        Digest.of(Files.readAllBytes(file)).hex());
            }
        }
        return files;
    }

    private void git(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}

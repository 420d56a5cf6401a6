package dev.laurel.run;

import static dev.laurel.run.DefinitionFixture.MODEL;
import static dev.laurel.run.DefinitionFixture.define;

import dev.laurel.judge.Contender;
import dev.laurel.model.Version;
import dev.laurel.source.Shape;
import dev.laurel.source.TableCsv;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * Makes the golden repository of trained models of the present format: {@code history.txt}, as {@code git fast-import} reads it, the bytes
 * that Git LFS keeps, and {@code predictions.csv}, what each model says about its evaluation rows. The authors and times are fixed, before
 * each step, since documents name the commit that they were made from.
 */
final class GoldenTraining {
    private static final List<Consumer<Home>> STEPS = List.of(
            Home::runAndRegister,
            Home::runAndRegister,
            home -> home.registry.rollBack(Home.PRODUCTION, MODEL, null, "odd answers since noon", Home.ALICE),
            home -> home.registry.release(Home.PRODUCTION, MODEL, Home.ALICE));

    private GoldenTraining() {}

    /** @param folder to write to, new or empty */
    public static void main(String... folder) throws IOException {
        Path golden = Path.of(folder[0]).toAbsolutePath();
        Files.createDirectories(golden);
        Path work = Files.createTempDirectory("golden");
        try (Home home =
                new Home(work.resolve("0"), define().anchor("2019-04-18").build())) {
            keep(home, golden);
        }
        for (int step = 1; step <= STEPS.size(); step++) {
            restore(golden, work.resolve(Integer.toString(step)));
            try (Home home = new Home(work.resolve(Integer.toString(step)))) {
                STEPS.get(step - 1).accept(home);
                keep(home, golden);
                Files.writeString(golden.resolve("predictions.csv"), predictions(home));
            }
        }
    }

    private static void keep(Home home, Path golden) {
        Home.run(home.folder.resolve("models.git"), "sh", "-e", "-c", """
                git fast-export main | awk '
                    /^(author|committer) .*> [0-9]+ [+]0000$/ { if ($1 == "author") n++; $(NF - 1) = 1795255200 + 60 * n }
                    { print }' > '%1$s/history.txt'
                rm -rf '%1$s/lfs'
                if [ -d lfs/objects ]; then mkdir '%1$s/lfs' && cp -r lfs/objects '%1$s/lfs'; fi
                """.formatted(golden));
    }

    /** The models repository that is kept in a folder, as {@code models.git} in a home. */
    static void restore(Path golden, Path home) throws IOException {
        Path bare = Files.createDirectories(home.resolve("models.git"));
        Home.run(bare, "sh", "-e", "-c", """
                git init --quiet --bare --initial-branch=main
                git fast-import --quiet < '%1$s/history.txt'
                if [ -d '%1$s/lfs' ]; then cp -r '%1$s/lfs' .; fi
                """.formatted(golden));
    }

    /** What each version says about its evaluation rows, by the model file and the rows that are kept. */
    static String predictions(Home home) {
        StringJoiner text = new StringJoiner("\n", "version,row,probability\n", "\n");
        for (Version version : home.versions()) {
            var record = home.record(version.number());
            Contender model = Contender.load(home.fetch(record.modelFile()));
            Table rows = TableCsv.read(home.fetch(record.data()), "rows of " + version, Shape.of(model.definition()));
            int[] evaluation = model.definition().sides(rows).evaluation();
            Predictions predictions = model.predictions(rows, evaluation);
            for (int i = 0; i < evaluation.length; i++) {
                text.add("%s,%s,%s"
                        .formatted(version, rows.key(evaluation[i]), predictions.scores()[i][0]));
            }
        }
        return text.toString();
    }
}

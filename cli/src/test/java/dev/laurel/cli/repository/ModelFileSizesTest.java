package dev.laurel.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.laurel.definition.Definition;
import dev.laurel.predictor.ModelFile;
import dev.laurel.search.Effort;
import dev.laurel.search.SearchOutcome;
import dev.laurel.source.RowStore;
import dev.laurel.table.Table;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of sizes in docs/model-file.md. {@code -Dgolden.write=true} measures them anew. */
class ModelFileSizesTest {
    private static final Path DOCUMENT = Path.of("../docs/model-file.md");
    private static final Pattern TABLE = Pattern.compile("(?<=<!-- sizes -->\n).*?(?=<!-- /sizes -->)", Pattern.DOTALL);
    private static final Pattern SIZE = Pattern.compile("\\| ([0-9,]+) \\|$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void standAsTheyAreMeasured() throws IOException {
        String measured = "| definition | trainer | bytes |\n|---|---|--:|\n"
                + Stream.concat(
                                Stream.of(
                                                "{kind: random-forest, trees: 50, depth: 3, feature_fraction: 0.5}",
                                                "{kind: random-forest, trees: 100, depth: 5, feature_fraction: 0.5}",
                                                "{kind: random-forest, trees: 200, depth: 8, feature_fraction: 0.5}",
                                                "{kind: extra-trees}",
                                                "{kind: bagging}",
                                                "{kind: decision-tree}",
                                                "{kind: logistic}",
                                                "{kind: knn}",
                                                "{kind: svc}",
                                                "{kind: gradient-boosting}")
                                        .map(trainer -> row("spy-direction", trainer)),
                                Stream.of(
                                                "{kind: linear}",
                                                "{kind: ridge}",
                                                "{kind: lasso}",
                                                "{kind: elastic-net}",
                                                "{kind: svr}")
                                        .map(trainer -> row("airline-passengers", trainer)))
                        .collect(Collectors.joining());
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("golden.write")) {
            document = TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(measured));
            Files.writeString(DOCUMENT, document);
        }
        Matcher table = TABLE.matcher(document);
        assertThat(table.find()).isTrue();
        List<Double> stated = sizes(table.group());
        List<Double> now = sizes(measured);
        assertThat(stated).hasSameSizeAs(now);
        for (int i = 0; i < now.size(); i++) {
            // What a logarithm rounds to on another machine may move a threshold.
            assertThat(now.get(i)).as(measured).isCloseTo(stated.get(i), within(0.02 * stated.get(i)));
        }
    }

    private static List<Double> sizes(String table) {
        return SIZE.matcher(table)
                .results()
                .map(size -> Double.valueOf(size.group(1).replace(",", "")))
                .toList();
    }

    private String row(String model, String trainer) {
        Definition definition = definition(model, trainer);
        Table table =
                new RowStore(folder, true, Clock.systemUTC()).rows(definition).table();
        ModelFile file = SearchOutcome.run(definition, table, definition.sides(table), Effort.full(), result -> {})
                .modelFile();
        return "| `%s` | `%s` | %s |%n"
                .formatted(model, trainer.substring(1, trainer.length() - 1), grouped(file.encode().length));
    }

    private static String grouped(int bytes) {
        return String.valueOf(bytes).replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", ",");
    }

    /** The one that Laurel brings, with this trainer alone, on bundled rows. */
    private static Definition definition(String model, String trainer) {
        try (InputStream in = Starter.class.getResourceAsStream(model + ".yaml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("(?s)\ntrainer:.*?\nseed:", "\ntrainer: " + trainer + "\nseed:")
                    .replaceFirst(
                            "(?s)\nsource:\n  kind: yahoo.*?\n\n", "\nsource: {kind: bundled, name: sp500-2000}\n\n")
                    .replace("${anchor}", "2019-01-02");
            return Yaml.read(text.getBytes(StandardCharsets.UTF_8), model + ".yaml", Definition.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

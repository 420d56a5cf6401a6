package dev.laurel.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.card.DriftPage;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.Shares;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a drift report to files, each in the form that its name asks for. */
public final class DriftFiles {
    private DriftFiles() {}

    /** @throws InvalidValueException when a name asks for none of the forms */
    public static void expectForms(List<Path> files) {
        files.forEach(file -> {
            String name = file.toString();
            if (!(name.endsWith(".yaml") || name.endsWith(".json") || name.endsWith(".txt") || name.endsWith(".md"))) {
                throw new InvalidValueException("--output-file", file, "a name that ends in .yaml, .json, .txt or .md");
            }
        });
    }

    public static void write(List<Path> files, DriftReport report, Shares shares) throws IOException {
        for (Path file : files) {
            String name = file.toString();
            if (name.endsWith(".yaml")) {
                Files.write(file, Yaml.write(report));
            } else if (name.endsWith(".json")) {
                Files.writeString(file, Yaml.toTree(report).toPrettyString() + "\n", UTF_8);
            } else if (name.endsWith(".txt")) {
                Files.writeString(file, new DriftText(report) + "\n", UTF_8);
            } else {
                page(file, new DriftPage(report, shares));
            }
        }
    }

    /** With its plot beside it. */
    private static void page(Path file, DriftPage page) throws IOException {
        String name = file.getFileName().toString();
        String plot = name.substring(0, name.length() - ".md".length()) + ".svg";
        Files.writeString(file, page.markdown(plot.replace(" ", "%20")), UTF_8);
        Files.writeString(file.resolveSibling(plot), page.svg(), UTF_8);
    }
}

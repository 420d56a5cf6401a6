package dev.laurel.cli.define;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.git.host.Location;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.source.CsvSurvey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel new}. */
@Command(
        name = "new",
        description = {
            "Writes a first definition for a file of comma-separated values.",
            "Kinds of columns, split, trainer and metric are chosen by what stands in it, each with a comment that says why. The definition is"
                    + " committed to the models repository; 'laurel train' works on it at once."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel new wine --csv data/winequality.csv --target quality",
            "  laurel new bikes --csv /srv/data/hour.csv --data /srv/data --target cnt --key time",
            "  laurel new wine --csv winequality.csv --target quality --file model.yaml"
        })
public final class NewCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "The name of the new model, such as wine.")
    private ModelName model = new ModelName("none");

    @Option(
            names = {"--csv", "--input", "--from"},
            required = true,
            paramLabel = "FILE",
            description = "The file, below the data folder; it may be named from there.")
    private Path csv = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target = "";

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description = "The column that says when a row was, where rows follow one another: dates, each once.")
    private @Nullable String key;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = {
                "Where to write the definition, instead of a commit to the models repository",
                "(default without a models repository: models/MODEL/model.yaml)."
            })
    private @Nullable Path file;

    @Mixin
    private Output output = new Output();

    /** @param commit absent where a file was written */
    record Drafted(
            ModelName model,
            String definition,
            @Nullable String commit,
            String predicts,
            int features,
            Map<String, String> leftOut) {}

    @Override
    public Integer call() throws IOException {
        Path folder = folder();
        String path = below(folder);
        FirstDefinition draft = FirstDefinition.of(model, path, CsvSurvey.of(folder, path), target, key);
        byte[] text = draft.text().getBytes(StandardCharsets.UTF_8);
        String definition = "models/%s/model.yaml".formatted(model);
        String commit = null;
        if (file == null && isRepository()) {
            try (Registry registry = laurel.openRegistry()) {
                commit = registry.define(model, text, Authors.person());
            }
        } else {
            Path written = file == null ? Path.of(definition) : file;
            write(written, text);
            definition = written.toString();
        }
        output.print(
                new Drafted(model, definition, commit, draft.kind(), draft.features(), draft.leftOut()),
                said(draft, definition, commit, folder));
        return CommandLine.ExitCode.OK;
    }

    private Path folder() {
        Path named = data.folder();
        if (named != null) {
            return named;
        }
        Path parent = csv.toAbsolutePath().getParent();
        return parent == null ? csv.toAbsolutePath() : parent;
    }

    /** The path of the file below the data folder, as a definition names it. */
    private String below(Path folder) throws IOException {
        Path file = Files.exists(csv) ? csv : folder.resolve(csv);
        Expect.that(Files.isRegularFile(file), "--csv", csv, "a file here or in the data folder " + folder);
        Path whole = file.toRealPath();
        Path real = folder.toRealPath();
        Expect.that(
                whole.startsWith(real),
                "--csv",
                csv,
                "a file below the data folder " + folder + "; put it there, or name another folder with --data");
        return real.relativize(whole).toString().replace('\\', '/');
    }

    private boolean isRepository() {
        return !(laurel.repository() instanceof Location.Folder folder) || Files.exists(folder.path());
    }

    private static void write(Path file, byte[] text) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidValueException("--file", file, "a file that is not there yet");
        } catch (IOException e) {
            throw new InvalidValueException("--file", file, "a file that can be written");
        }
    }

    private String said(FirstDefinition draft, String definition, @Nullable String commit, Path folder) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add("%s: %s of %s from %s features; %s%s"
                .formatted(
                        model,
                        draft.kind(),
                        target,
                        draft.features(),
                        definition,
                        commit == null ? "" : ", commit " + Shown.commit(commit)));
        draft.leftOut().forEach((column, reason) -> text.add("left out: %s; %s".formatted(column, reason)));
        if (draft.possibleKey() != null) {
            text.add("hint: %s holds dates, each once: with --key %s rows are a series in that order"
                    .formatted(draft.possibleKey(), draft.possibleKey()));
        }
        return text.add(
                        commit == null
                                ? "'laurel check %s' checks it; it trains once it is models/%s/model.yaml of a models repository"
                                        .formatted(definition, model)
                                : "next: laurel train %s --data %s".formatted(model, folder))
                .toString();
    }
}

package dev.laurel.cli.common;

import dev.laurel.model.Expect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data}: the folder of the files that sources of the kind csv read. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:LAUREL_DATA}",
            description = "The folder of the files that sources of the kind csv read (environment: LAUREL_DATA).")
    private @Nullable Path folder;

    /** Null where there is none. */
    @Nullable
    public Path folder() {
        if (folder == null || folder.toString().isEmpty()) {
            return null;
        }
        Expect.that(
                Files.isDirectory(folder),
                "--data",
                folder,
                Files.isRegularFile(folder)
                        ? "the folder of the file; the file goes after --csv or --input"
                        : "a folder");
        return folder;
    }
}

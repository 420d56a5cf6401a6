package dev.laurel.cli.common;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import java.nio.file.Path;

/** Where rows are kept between commands. */
public final class RowsFolder {
    /** The folder's name, beside the models repository. */
    public static final String FOLDER = "cache";

    private RowsFolder() {}

    /** Beside the models repository where that is a folder, so that {@code laurel train} finds those of {@code laurel up}. */
    public static Path of(Location repository) {
        return repository instanceof Location.Folder folder
                ? folder.path().toAbsolutePath().resolveSibling(FOLDER)
                : Access.cache(System.getenv());
    }
}

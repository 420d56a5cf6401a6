package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Shown;
import dev.laurel.evaluation.Report;
import dev.laurel.git.TextDiff;
import dev.laurel.git.host.Location;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.judge.MetricRow;
import dev.laurel.judge.VersionDiff;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows one change of one file to Git, which calls with {@code path old-file old-hex old-mode new-file new-hex new-mode}, after a rename
 * with the new path and a description added, and with the path alone where a merge is not finished. A side without the file is
 * {@code /dev/null}. Whatever is in the files, something is shown: Git ends a whole log when a driver fails.
 */
final class DiffDriver {
    private final Location repository;
    private final PrintWriter out;

    /** @param repository where pinned versions are looked up; the repository of Git itself when there is none in that place */
    DiffDriver(Location repository, PrintWriter out) {
        this.repository = repository;
        this.out = out;
    }

    /** A path has a dot in its last name; a model's name has none. */
    static boolean isCalledByGit(List<String> arguments) {
        return arguments.size() == 7
                || arguments.size() == 9
                || (arguments.size() == 1 && arguments.get(0).contains("."));
    }

    void show(List<String> arguments) {
        if (arguments.size() == 1) {
            out.println("* Unmerged path " + arguments.get(0));
            return;
        }
        Change change = new Change(
                arguments.get(arguments.size() == 9 ? 7 : 0), content(arguments.get(1)), content(arguments.get(4)));
        out.println("laurel diff " + change.path);
        out.println(text(change).stripTrailing());
        out.println();
    }

    private String text(Change change) {
        try {
            if (change.isCalled("champion.yaml")) {
                return pin(change.side(change.before, Pin.class), change.side(change.after, Pin.class));
            }
            if (change.isCalled("report.yaml")) {
                return report(change.side(change.before, Report.class), change.side(change.after, Report.class));
            }
        } catch (InvalidDocumentException notOurs) {
            return TextDiff.unified(change.path, bytes(change.before), bytes(change.after));
        }
        return change.path.endsWith(".model")
                ? modelFile(change.before) + " -> " + modelFile(change.after)
                : TextDiff.unified(change.path, bytes(change.before), bytes(change.after));
    }

    private String pin(@Nullable Pin before, @Nullable Pin after) {
        String versions = (before == null ? "none" : before.version().toString()) + " -> "
                + (after == null ? "none" : after.version().toString());
        String why = after == null ? "" : ", by " + Yaml.toTree(after.by()).asText() + ": " + Shown.why(after);
        String summary = "champion " + versions + why;
        return before == null || after == null ? summary : "%s%n%n%s".formatted(summary, versions(before, after));
    }

    /** The two pinned versions side by side, or why they are not. */
    private String versions(Pin before, Pin after) {
        try (Registry registry = Registry.open(existing(), CommonOptions.access())) {
            Revision head = registry.head();
            return isPinned(head, before) && isPinned(head, after)
                    ? new VersionDiffText(
                                    VersionDiff.of(registry, head, after.model(), before.version(), after.version()))
                            .toString()
                    : "The versions are not compared: those in this repository are others.";
        } catch (RegistryException | InvalidDocumentException e) {
            return "The versions are not compared: " + Reason.of(e);
        }
    }

    private static boolean isPinned(Revision head, Pin pin) {
        return head.record(pin.model(), pin.version()).modelFile().digest().equals(pin.digest());
    }

    private Location existing() {
        if (repository instanceof Location.Folder folder && !Files.exists(folder.path())) {
            Path clone = Path.of(".git");
            return new Location.Folder(Files.isDirectory(clone) ? clone : Path.of(""));
        }
        return repository;
    }

    private static String report(@Nullable Report before, @Nullable Report after) {
        if (before != null && after != null) {
            Columns columns = new Columns()
                    .add("", before.version().toString(), after.version().toString(), "");
            Shown.metrics(
                    columns,
                    MetricRow.apart(
                            before.challenger().metrics(), after.challenger().metrics()));
            return "Each on its own evaluation rows, with 95 %% intervals:%n%n%s".formatted(columns);
        }
        return after == null ? "removed" : ShownText.report(after);
    }

    private static String modelFile(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "none";
        }
        Content content = LfsPointer.parse(bytes)
                .map(pointer -> new Content(pointer.digest(), pointer.size()))
                .orElseGet(() -> Content.of(bytes));
        return ShownText.content(content);
    }

    private static byte @Nullable [] content(String file) {
        try {
            return file.equals("/dev/null") ? null : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(byte @Nullable [] content) {
        return content == null ? new byte[0] : content;
    }

    /** A file with what stood in it before and after; null where it was not there. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Change(String path, byte @Nullable [] before, byte @Nullable [] after) {
        boolean isCalled(String name) {
            return path.equals(name) || path.endsWith("/" + name);
        }

        <T> @Nullable T side(byte @Nullable [] content, Class<T> type) {
            return content == null ? null : Yaml.read(content, path, type);
        }
    }
}

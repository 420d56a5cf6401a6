package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.laurel.git.TreeChanges;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The versions that leave the tree in one commit, each whole, and the rows that no version names any more without them. */
final class Leaving {
    /** A record is searched for digests rather than parsed: what it names in any way stays, and thousands of records take no time. */
    private static final Pattern HEX_DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private final CommitRevision head;
    private final ModelName model;
    private final SortedSet<Version> versions;

    Leaving(CommitRevision head, ModelName model, SortedSet<Version> versions) {
        this.head = head;
        this.model = model;
        this.versions = versions;
    }

    /** @param joining the rows of the version that is registered by the same commit; null when it keeps none */
    void removeFrom(TreeChanges changes, @Nullable Digest joining) throws IOException {
        SortedSet<String> folders = new TreeSet<>();
        NavigableSet<String> rows = new TreeSet<>();
        for (Version version : versions) {
            folders.add(Layout.version(model, version));
            rows(version).map(Layout::data).ifPresent(rows::add);
        }
        if (joining != null) {
            rows.remove(Layout.data(joining));
        }
        if (!rows.isEmpty()) {
            rows.removeAll(named(head, folders));
        }
        folders.forEach(changes::remove);
        rows.forEach(changes::remove);
    }

    private Optional<Digest> rows(Version version) {
        try {
            VersionRecord record = head.record(model, version);
            return Optional.ofNullable(record.data()).map(Content::digest);
        } catch (InvalidDocumentException | RegistryException e) {
            RegistryException.passOutage(e);
            // Rows of a record that nobody can read harm nobody either.
            return Optional.empty();
        }
    }

    /**
     * The paths of all rows that a version of any model names.
     *
     * @param without folders of versions that do not count
     */
    static Set<String> named(CommitRevision revision, Set<String> without) throws IOException {
        Set<String> named = new TreeSet<>();
        revision.at().eachFile(Layout.MODELS, Layout.RECORD, (path, text) -> {
            if (!without.contains(path.substring(0, path.lastIndexOf('/')))) {
                digestsIn(new String(text, ISO_8859_1)).map(Layout::data).forEach(named::add);
            }
        });
        return named;
    }

    /** The digests that a record names in any way. */
    static Stream<Digest> digestsIn(String record) {
        return HEX_DIGEST.matcher(record).results().map(found -> new Digest(found.group()));
    }

    /** For people: {@code v1, v2}, or of many the first, the last and how many there are. */
    static String text(SortedSet<Version> versions) {
        return versions.size() <= 5
                ? versions.toString().replaceAll("[\\[\\]]", "")
                : "%s..%s (%s versions)".formatted(versions.first(), versions.last(), versions.size());
    }
}

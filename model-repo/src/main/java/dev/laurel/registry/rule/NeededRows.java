package dev.laurel.registry.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.layout.Layout;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which versions name kept rows, by one look at all records however many rows are asked for. */
final class NeededRows {
    private final Map<Digest, SortedMap<ModelName, SortedSet<Version>>> versions = new HashMap<>();

    NeededRows(CommitRevision revision) throws IOException {
        revision.at().eachFile(Layout.MODELS, Layout.RECORD, (path, text) -> {
            String[] names = path.split("/", -1);
            try {
                ModelName model = new ModelName(names[1]);
                Version version = Layout.versionOf(model, names);
                Leaving.digestsIn(new String(text, ISO_8859_1))
                        .forEach(digest -> versions.computeIfAbsent(digest, rows -> new TreeMap<>())
                                .computeIfAbsent(model, name -> new TreeSet<>())
                                .add(version));
            } catch (InvalidValueException notOurs) {
                // Told with the commit that put it there.
            }
        });
    }

    /** For people: {@code v1, v2 of spy-direction}; nobody where no version names them. */
    String by(Digest rows) {
        SortedMap<ModelName, SortedSet<Version>> needing = versions.getOrDefault(rows, new TreeMap<>());
        return needing.isEmpty()
                ? "nobody"
                : needing.entrySet().stream()
                        .map(model -> "%s of %s".formatted(Leaving.text(model.getValue()), model.getKey()))
                        .collect(Collectors.joining("; "));
    }
}

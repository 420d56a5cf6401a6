package dev.laurel.registry.change;

import dev.laurel.git.TreeChanges;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.history.Held;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.outcome.KeptDrift;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Author;
import dev.laurel.yaml.Yaml;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Keeps drift reports: {@code models/<name>/drift/v7-<digits of the report's digest>}. */
public final class DriftKeeping {
    private static final int DIGITS = 12;

    private final MainBranch main;

    public DriftKeeping(MainBranch main) {
        this.main = main;
    }

    public KeptDrift keep(
            ModelName model, Version version, SortedMap<String, byte[]> files, String summary, Author author) {
        return write(model, version, files, summary, author, null);
    }

    public KeptDrift hold(
            Environment environment,
            ModelName model,
            Version version,
            SortedMap<String, byte[]> files,
            String summary,
            Author author) {
        return write(model, version, files, summary, author, environment);
    }

    private KeptDrift write(
            ModelName model,
            Version version,
            SortedMap<String, byte[]> files,
            String summary,
            Author author,
            @Nullable Environment held) {
        Digest report = Digest.of(Objects.requireNonNull(files.get(Layout.REPORT), Layout.REPORT));
        String folder = Layout.drift(model, version + "-" + report.hex().substring(0, DIGITS));
        return main.write("keeping a drift report of " + model, () -> {
            CommitRevision head = main.head();
            head.record(model, version);
            @Nullable Environment holding = held != null && isToHold(head, held, model, version) ? held : null;
            boolean kept = head.file(folder + "/" + Layout.REPORT).isPresent();
            if (kept && holding == null) {
                return Optional.of(new KeptDrift(folder, null));
            }
            TreeChanges changes = new TreeChanges();
            if (!kept) {
                files.forEach((name, text) -> changes.put(folder + "/" + name, text));
            }
            if (holding != null) {
                changes.put(Layout.held(holding, model), Yaml.write(new Held(model, version, summary, folder)));
            }
            CommitMessage message = new CommitMessage(
                            holding == null
                                    ? "Keep a drift report of %s %s".formatted(model, version)
                                    : "Hold %s in %s for drift of %s".formatted(model, holding, version))
                    .line(summary)
                    .trailer("Model", model)
                    .trailer("Environment", holding)
                    .trailer("Version", version)
                    .trailer("Drift", report);
            return main.commit(head, changes, message, author).map(commit -> new KeptDrift(folder, commit));
        });
    }

    /** Not where it is held already, for whatever reason. */
    private static boolean isToHold(CommitRevision head, Environment environment, ModelName model, Version version) {
        Pin pin = head.pin(environment, model).orElse(null);
        if (pin == null || !pin.version().equals(version)) {
            throw new RegistryException("%s in %s: not held for drift of %s, since the pin names %s"
                    .formatted(model, environment, version, pin == null ? "no version" : pin.version()));
        }
        return head.hold(environment, model).isEmpty();
    }
}

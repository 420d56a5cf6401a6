package dev.laurel.registry;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.git.TreeChanges;
import dev.laurel.registry.kustomize.KustomizeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings base/ to that of this Laurel, and lays down what is missing in environments; what stands there is the owner's. */
final class Upgrading {
    private final MainBranch main;
    private final SortedMap<String, byte[]> missing;

    /** @param missing further files, each laid down where there is none */
    Upgrading(MainBranch main, SortedMap<String, byte[]> missing) {
        this.main = main;
        this.missing = missing;
    }

    Upgrade plan() throws IOException {
        return plan(main.head(), new TreeChanges());
    }

    Upgrade commit(String laurel, Author author) {
        return main.write("upgrading base", () -> {
            CommitRevision head = main.head();
            TreeChanges changes = new TreeChanges();
            Upgrade plan = plan(head, changes);
            if (plan.isEmpty()) {
                return Optional.of(plan);
            }
            CommitMessage message = new CommitMessage("Upgrade the files for clusters to Laurel " + laurel)
                    .line("Every model's pods are rendered from these. `git revert` brings back those of before.");
            return main.commit(head, changes, message, author)
                    .map(commit -> new Upgrade(plan.written(), plan.removed(), commit));
        });
    }

    private Upgrade plan(CommitRevision head, TreeChanges changes) throws IOException {
        List<String> written = new ArrayList<>();
        SortedMap<String, byte[]> base = KustomizeFiles.base();
        base.forEach((path, text) -> {
            if (!Arrays.equals(text, head.file(path).orElse(null))) {
                written.add(path);
                changes.put(path, text);
            }
        });
        for (Map.Entry<String, byte[]> file : missing(head).entrySet()) {
            if (head.file(file.getKey()).isEmpty()) {
                written.add(file.getKey());
                changes.put(file.getKey(), file.getValue());
            }
        }
        TreeSet<String> removed = new TreeSet<>(files(head, KustomizeFiles.BASE));
        removed.removeAll(base.keySet());
        removed.forEach(changes::remove);
        return new Upgrade(written, List.copyOf(removed), null);
    }

    private SortedMap<String, byte[]> missing(CommitRevision head) {
        SortedMap<String, byte[]> files = new TreeMap<>(missing);
        List<ModelName> models = head.models();
        for (Environment environment : head.environments()) {
            if (head.hasServer(environment)) {
                models.forEach(model -> files.put(
                        KustomizeFiles.overlayPath(environment, model), KustomizeFiles.overlay(environment, model)));
            }
        }
        return files;
    }

    private static List<String> files(CommitRevision head, String folder) throws IOException {
        List<String> files = new ArrayList<>();
        for (String name : head.at().files(folder)) {
            files.add(folder + "/" + name);
        }
        for (String name : head.at().folders(folder)) {
            files.addAll(files(head, folder + "/" + name));
        }
        return files;
    }
}

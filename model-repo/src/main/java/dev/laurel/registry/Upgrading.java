package dev.laurel.registry;

import dev.laurel.git.Branches;
import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.registry.workflows.WorkflowFiles;
import dev.laurel.schema.DefinitionSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings base/, and the workflows and the schema where they stand, to those of this Laurel, and lays down what is missing in environments; what stands there is
 * the owner's.
 */
final class Upgrading {
    private final MainBranch main;
    private final SortedMap<String, byte[]> missing;

    /** @param missing further files, each laid down where there is none */
    Upgrading(MainBranch main, SortedMap<String, byte[]> missing) {
        this.main = main;
        this.missing = missing;
    }

    Upgrade plan() throws IOException {
        return plan(main.head()).outcome(null, null);
    }

    Upgrade commit(String laurel, Author author) {
        return main.write("upgrading", () -> {
            CommitRevision head = main.head();
            Plan plan = plan(head);
            return plan.files.isEmpty()
                    ? Optional.of(plan.outcome(null, null))
                    : main.commit(head, plan.changes(), message(laurel), author)
                            .map(commit -> plan.outcome(commit, null));
        });
    }

    /** Like {@link #commit}, but on a branch; one that proposes the same already stays as it is, with the reviews that it has. */
    Upgrade propose(String laurel, Author author) {
        String branch = "upgrade/" + laurel.replaceAll("[^A-Za-z0-9.-]+", "");
        Branches branches = main.repository().branches();
        return main.write("proposing the upgrade", () -> {
            CommitRevision head = main.head();
            Plan plan = plan(head);
            if (plan.files.isEmpty()) {
                return Optional.of(plan.outcome(null, null));
            }
            @Nullable Commit standing = branches.below(branch).get(branch);
            if (standing != null && isProposed(plan, standing, head)) {
                return Optional.of(plan.outcome(standing.id(), branch));
            }
            Commit commit = main.repository()
                    .write(
                            head.at(),
                            plan.changes(),
                            message(laurel).toString(),
                            author.name(),
                            author.email(),
                            author.key());
            if (branches.set(branch, standing, commit)) {
                return Optional.of(plan.outcome(commit.id(), branch));
            }
            MainBranch.expectNoForgottenLock("proposing the upgrade", branch, branches.lock(branch));
            return Optional.empty();
        });
    }

    private static CommitMessage message(String laurel) {
        return new CommitMessage("Upgrade what is Laurel's own to Laurel " + laurel)
                .line("Every model's pods are rendered from base/. `git revert` brings back what was before.");
    }

    private Plan plan(CommitRevision head) throws IOException {
        SortedMap<String, Optional<byte[]>> files = new TreeMap<>();
        SortedMap<String, byte[]> base = KustomizeFiles.base();
        SortedMap<String, byte[]> ours = new TreeMap<>(base);
        SortedMap<String, byte[]> whereTheyStand = WorkflowFiles.replaceable();
        whereTheyStand.put(Layout.SCHEMA, DefinitionSchema.json());
        whereTheyStand.forEach((path, text) -> {
            if (head.file(path).isPresent()) {
                ours.put(path, text);
            }
        });
        ours.forEach((path, text) -> {
            if (!Arrays.equals(text, head.file(path).orElse(null))) {
                files.put(path, Optional.of(text));
            }
        });
        missing(head).forEach((path, text) -> {
            if (head.file(path).isEmpty()) {
                files.put(path, Optional.of(text));
            }
        });
        TreeSet<String> removed = new TreeSet<>(files(head, KustomizeFiles.BASE));
        removed.removeAll(base.keySet());
        removed.forEach(path -> files.put(path, Optional.empty()));
        return new Plan(files);
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

    /** Whether a branch would change main in this way, wherever else main went since. */
    private boolean isProposed(Plan plan, Commit tip, CommitRevision head) throws IOException {
        List<Commit> bases = main.repository().mergeBases(tip, head.at());
        if (bases.size() != 1) {
            return false;
        }
        List<String> changed = tip.changesSince(bases.get(0)).stream()
                .map(PathChange::path)
                .sorted()
                .toList();
        if (!changed.equals(List.copyOf(plan.files.keySet()))) {
            return false;
        }
        for (Map.Entry<String, Optional<byte[]>> file : plan.files.entrySet()) {
            if (!Arrays.equals(
                    tip.file(file.getKey()).orElse(null), file.getValue().orElse(null))) {
                return false;
            }
        }
        return true;
    }

    /** @param files to write, and without content to remove, by their path */
    private record Plan(SortedMap<String, Optional<byte[]>> files) {
        TreeChanges changes() {
            TreeChanges changes = new TreeChanges();
            files.forEach((path, text) ->
                    text.ifPresentOrElse(content -> changes.put(path, content), () -> changes.remove(path)));
            return changes;
        }

        Upgrade outcome(@Nullable String commit, @Nullable String branch) {
            return new Upgrade(paths(true), paths(false), commit, branch);
        }

        private List<String> paths(boolean written) {
            return files.entrySet().stream()
                    .filter(file -> file.getValue().isPresent() == written)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}

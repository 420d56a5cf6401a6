package dev.laurel.registry;

import dev.laurel.git.TreeChanges;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a candidate a version; the same commit takes out of the tree what retention no longer keeps. */
final class Registrar {
    private static final Pattern DOCUMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\\.[A-Za-z0-9]{1,10})?");

    private final MainBranch main;

    Registrar(MainBranch main) {
        this.main = main;
    }

    Registration register(Draft draft, Author author) {
        byte[] modelFile = draft.modelFile();
        Content content = Content.of(modelFile);
        return main.write("registering a version of " + draft.model(), () -> {
            CommitRevision head = main.head();
            head.definition(draft.model());
            Optional<Version> newest = head.newest(draft.model());
            if (newest.isPresent()
                    && head.record(draft.model(), newest.get()).modelFile().equals(content)) {
                return Optional.of(new Registration.AlreadyRegistered(newest.get()));
            }
            Version version = newest.map(Version::next).orElse(new Version(1));
            return commit(head, draft, version, modelFile, author);
        });
    }

    private Optional<Registration> commit(
            CommitRevision head, Draft draft, Version version, byte[] modelFile, Author author) throws IOException {
        ModelName model = draft.model();
        String folder = Layout.version(model, version) + "/";
        TreeChanges changes = new TreeChanges();
        SortedMap<String, Content> members = new TreeMap<>();

        LfsPointer pointer = main.lfs().put(modelFile);
        members.put(VersionRecord.modelFileName(model), new Content(pointer.digest(), pointer.size()));
        changes.put(Layout.modelFile(model, version), pointer.encode());

        byte[] rows = draft.data();
        Content data = null;
        if (rows != null) {
            LfsPointer rowsPointer = main.lfs().put(rows);
            data = new Content(rowsPointer.digest(), rowsPointer.size());
            changes.put(Layout.data(data.digest()), rowsPointer.encode());
        }
        SortedMap<String, byte[]> documents = draft.documents(version);
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            String name = document.getKey();
            Expect.that(
                    DOCUMENT.matcher(name).matches() && !name.equals(Layout.RECORD) && !name.endsWith(".model"),
                    "document",
                    name,
                    "a plain file name other than " + Layout.RECORD + " and *.model");
            members.put(name, Content.of(document.getValue()));
            changes.put(folder + name, document.getValue());
        }
        byte[] record = Yaml.write(new VersionRecord(model, version, members, data));
        Digest recordDigest = Digest.of(record);
        changes.put(folder + Layout.RECORD, record);
        if (version.number() == 1) {
            overlays(head, model).forEach(changes::put);
        }

        SortedSet<Version> leaving = new Retained(head, model, 1, parent(documents)).leaving();
        if (!leaving.isEmpty()) {
            new Leaving(head, model, leaving).removeFrom(changes, data == null ? null : data.digest());
        }
        CommitMessage message = new CommitMessage("Register %s %s".formatted(model, version))
                .line(draft.summary())
                .trailer("Model", model)
                .trailer("Version", version)
                .trailer("Digest", pointer.digest())
                .trailer("Record", recordDigest)
                .trailer("Data", data == null ? null : data.digest());
        if (!leaving.isEmpty()) {
            message.trailer("Retention", "takes %s out of the tree".formatted(Leaving.text(leaving)));
        }
        return main.commit(head, changes, message, author)
                .map(commit -> new Registration.Registered(version, recordDigest, commit));
    }

    /** What brings a new model to the clusters; with its first version, since a promotion touches the pin alone. */
    private static SortedMap<String, byte[]> overlays(CommitRevision head, ModelName model) {
        SortedMap<String, byte[]> overlays = new TreeMap<>();
        for (Environment environment : head.environments()) {
            String path = KustomizeFiles.overlayPath(environment, model);
            if (head.hasServer(environment) && head.file(path).isEmpty()) {
                overlays.put(path, KustomizeFiles.overlay(environment, model));
            }
        }
        return overlays;
    }

    private static Optional<Version> parent(SortedMap<String, byte[]> documents) {
        return Optional.ofNullable(documents.get(Layout.PROVENANCE)).flatMap(Retained::parentIn);
    }
}

package dev.laurel.registry;

import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.git.LfsObjectException;
import dev.laurel.registry.git.LfsPointer;
import dev.laurel.registry.git.LfsStore;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the versions and pins of a revision are what they say: each check gives its problems, one line each, none when all is well. */
final class VersionCheck {
    private final CommitRevision revision;
    private final LfsStore lfs;

    VersionCheck(CommitRevision revision, LfsStore lfs) {
        this.revision = revision;
        this.lfs = lfs;
    }

    /** A version whole: the record covers all members, each has its digest and size, and the bytes of model and data are there. */
    List<String> version(ModelName model, Version version) throws IOException {
        List<String> problems = new ArrayList<>();
        String path = Layout.record(model, version);
        VersionRecord record;
        try {
            record = revision.record(model, version);
        } catch (InvalidDocumentException | RegistryException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        if (!record.model().equals(model) || !record.version().equals(version)) {
            problems.add("%s: %s of %s (expected: %s of %s)"
                    .formatted(path, record.version(), record.model(), version, model));
        }
        String folder = Layout.version(model, version);
        Set<String> files = new TreeSet<>(revision.at().files(folder));
        files.addAll(revision.at().folders(folder));
        files.remove(Layout.RECORD);
        if (!files.equals(record.members().keySet())) {
            problems.add("%s: members: %s (expected: the files beside it: %s)"
                    .formatted(path, record.members().keySet(), files));
        }
        String modelFile = VersionRecord.modelFileName(model);
        for (Map.Entry<String, Content> member : record.members().entrySet()) {
            String file = folder + "/" + member.getKey();
            problems.addAll(
                    member.getKey().equals(modelFile)
                            ? stored(file, member.getValue())
                            : committed(file, member.getValue()));
        }
        if (record.data() != null) {
            problems.addAll(stored(Layout.data(record.data().digest()), record.data()));
        }
        return problems;
    }

    /** A pin: its version is registered, it names that version's digests and size, and the bytes of the model file are there. */
    List<String> pin(String path, Pin pin) throws IOException {
        if (!revision.has(pin.model(), pin.version())) {
            String newest = revision.newest(pin.model())
                    .map(version -> "v1.." + version)
                    .orElse("none is");
            return List.of("%s: version: %s of %s (expected: a registered version; %s registered)"
                    .formatted(path, pin.version(), pin.model(), newest));
        }
        VersionRecord record;
        try {
            record = revision.record(pin.model(), pin.version());
        } catch (InvalidDocumentException | RegistryException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        expect(problems, path + ": record", pin.record(), revision.recordDigest(pin.model(), pin.version()));
        expect(problems, path + ": digest", pin.digest(), record.modelFile().digest());
        expect(problems, path + ": size", pin.size(), record.modelFile().size());
        if (problems.isEmpty()) {
            problems.addAll(stored(Layout.modelFile(pin.model(), pin.version()), record.modelFile()));
        }
        return problems;
    }

    private List<String> committed(String file, Content expected) {
        List<String> problems = new ArrayList<>();
        revision.file(file)
                .ifPresentOrElse(
                        bytes -> expect(problems, file, Content.of(bytes).digest(), expected.digest()),
                        () -> problems.add(file + ": missing (expected: " + expected.digest() + ")"));
        return problems;
    }

    /** A file that Git LFS keeps: the pointer in Git and the bytes beside it. */
    private List<String> stored(String file, Content expected) throws IOException {
        LfsPointer pointer = new LfsPointer(expected.digest(), expected.size());
        Optional<byte[]> text = revision.file(file);
        if (text.isEmpty() || !LfsPointer.parse(text.get()).equals(Optional.of(pointer))) {
            return List.of("%s: not the Git LFS pointer of %s, %d bytes (is git-lfs installed where it was committed?)"
                    .formatted(file, expected.digest(), expected.size()));
        }
        try {
            lfs.verify(pointer);
            return List.of();
        } catch (LfsObjectException e) {
            return List.of("%s: %s (push them with `git lfs push --object-id <remote> %s`)"
                    .formatted(file, e.getMessage(), expected.digest().hex()));
        }
    }

    private static void expect(List<String> problems, String thing, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            problems.add("%s: %s (expected: %s)".formatted(thing, actual, expected));
        }
    }
}

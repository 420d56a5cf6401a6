package dev.laurel.registry.rule;

import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Report;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.history.Held;
import dev.laurel.registry.history.Release;
import dev.laurel.registry.layout.Layout;
import dev.laurel.registry.view.Departure;
import dev.laurel.schema.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the versions, pins and definitions of a revision are what they say: each check gives its problems, none when all is well. */
public final class VersionCheck {
    private final CommitRevision revision;
    private final Bytes bytes;
    private final SoundFolders sound;

    public VersionCheck(CommitRevision revision, Bytes bytes) {
        this(revision, bytes, new SoundFolders());
    }

    /** @param sound remembers the folders whose documents need no second look */
    public VersionCheck(CommitRevision revision, Bytes bytes, SoundFolders sound) {
        this.revision = revision;
        this.bytes = bytes;
        this.sound = sound;
    }

    /** Looks at the bytes that Git LFS keeps of a file. */
    public interface Bytes {
        /** @throws LfsObjectException when they are missing or others */
        void verify(String file, LfsPointer pointer) throws IOException;
    }

    /**
     * A version whole: the record covers all members, each has its digest and size, its documents are of this version, and the bytes of
     * model and data are there.
     */
    public List<Finding> version(ModelName model, Version version) throws IOException {
        return new Folder(model, version).check();
    }

    /** A pin: its version is registered, it names that version's digests and size, and the bytes of the model file are there. */
    public List<Finding> pin(String path, Pin pin) throws IOException {
        Optional<Departure> departure = revision.departure(pin.model(), pin.version());
        if (departure.isPresent()) {
            return List.of(Finding.of(
                    path,
                    "version: %s of %s (expected: one in the tree; %.10s took it out, and %.10s still has it)"
                            .formatted(
                                    pin.version(),
                                    pin.model(),
                                    departure.get().origin().commit(),
                                    departure.get().last())));
        }
        if (!revision.has(pin.model(), pin.version())) {
            String newest = revision.newest(pin.model())
                    .map(version -> "v1.." + version)
                    .orElse("none is");
            return List.of(Finding.of(
                    path,
                    "version: %s of %s (expected: a registered version; %s registered)"
                            .formatted(pin.version(), pin.model(), newest)));
        }
        CheckedDocuments checked = new CheckedDocuments();
        String recordPath = Layout.record(pin.model(), pin.version());
        byte[] text = text(recordPath);
        checked.expect(path, "record", pin.record(), Digest.of(text));
        VersionRecord record = checked.read(recordPath, text, VersionRecord.class);
        if (record == null) {
            return checked.findings();
        }
        checked.expect(path, "digest", pin.digest(), record.modelFile().digest());
        checked.expect(path, "size", pin.size(), record.modelFile().size());
        if (checked.findings().isEmpty()) {
            stored(checked, Layout.modelFile(pin.model(), pin.version()), record.modelFile());
        }
        return checked.findings();
    }

    /** A pin as it is committed: ours, in the folder of its model, and right by {@link #pin(String, Pin)}. */
    List<Finding> pinIn(ModelName folder, String path) throws IOException {
        CheckedDocuments checked = new CheckedDocuments();
        byte[] text = text(path);
        Pin pin = checked.read(path, text, Pin.class);
        if (pin != null) {
            checked.expectModel(path, pin.model(), folder);
            checked.expectCanonical(path, text, pin);
            checked.findings().addAll(pin(path, pin));
        }
        return checked.findings();
    }

    /** The same of a challenger; an empty file, which stands where there is none, is right too. */
    List<Finding> challengerIn(ModelName folder, String path) throws IOException {
        CheckedDocuments checked = new CheckedDocuments();
        byte[] text = text(path);
        if (text.length > 0) {
            ChallengerPin pin = checked.read(path, text, ChallengerPin.class);
            if (pin != null) {
                checked.expectModel(path, pin.model(), folder);
                checked.expectCanonical(path, text, pin);
                checked.findings().addAll(pin(path, pin.asPin()));
            }
        }
        return checked.findings();
    }

    List<Finding> releaseIn(ModelName folder, String path) {
        CheckedDocuments checked = new CheckedDocuments();
        Release release = checked.read(path, text(path), Release.class);
        if (release != null) {
            checked.expectModel(path, release.model(), folder);
        }
        return checked.findings();
    }

    List<Finding> heldIn(ModelName folder, String path) {
        CheckedDocuments checked = new CheckedDocuments();
        Held held = checked.read(path, text(path), Held.class);
        if (held != null) {
            checked.expectModel(path, held.model(), folder);
        }
        return checked.findings();
    }

    /** A definition has to be there as long as versions are, readable and in the folder of its model. */
    List<Finding> definition(ModelName model) throws IOException {
        String path = Layout.definition(model);
        CheckedDocuments checked = new CheckedDocuments();
        if (revision.file(path).isPresent()) {
            Definition definition = checked.read(path, text(path), Definition.class);
            if (definition != null) {
                checked.expectModel(path, definition.model(), model);
            }
        } else if (revision.at().hasFolder(Layout.versions(model))) {
            checked.add(path, "removed (expected: a definition, since versions are registered)");
        }
        return checked.findings();
    }

    /** Kept rows: the pointer to the very digest in their name. */
    List<Finding> rows(String path) {
        Optional<String> named =
                revision.file(path).flatMap(LfsPointer::parse).map(pointer -> Layout.data(pointer.digest()));
        return named.equals(Optional.of(path))
                ? List.of()
                : List.of(
                        Finding.of(
                                path,
                                "not a Git LFS pointer to the digest in its name (is git-lfs installed where it was committed?)"));
    }

    /** A file that Git LFS keeps: the pointer in Git and the bytes beside it. */
    private void stored(CheckedDocuments checked, String file, Content expected) throws IOException {
        LfsPointer pointer = new LfsPointer(expected.digest(), expected.size());
        Optional<byte[]> text = revision.file(file);
        if (text.isEmpty() || !LfsPointer.parse(text.get()).equals(Optional.of(pointer))) {
            checked.add(
                    file,
                    "not the Git LFS pointer of %s, %s bytes (is git-lfs installed where it was committed?)"
                            .formatted(expected.digest(), expected.size()));
            return;
        }
        try {
            bytes.verify(file, pointer);
        } catch (LfsObjectException e) {
            checked.add(
                    file,
                    "%s (push them with `git lfs push --object-id <remote> %s`)"
                            .formatted(e.getMessage(), expected.digest().hex()));
        }
    }

    /** Of a file that there is; nothing, which is no document either, in place of a link. */
    private byte[] text(String path) {
        return revision.file(path).orElse(new byte[0]);
    }

    /** The folder of one version. */
    private final class Folder {
        private final ModelName model;
        private final Version version;
        private final CheckedDocuments checked = new CheckedDocuments();

        Folder(ModelName model, Version version) {
            this.model = model;
            this.version = version;
        }

        List<Finding> check() throws IOException {
            String folder = Layout.version(model, version);
            Optional<String> tree = revision.at().folderId(folder);
            VersionRecord record = tree.flatMap(id -> sound.record(folder, id)).orElse(null);
            if (record == null) {
                record = documents(folder);
                if (record != null && checked.findings().isEmpty() && tree.isPresent()) {
                    sound.add(folder, tree.get(), record);
                }
            }
            if (record != null) {
                stored(checked, Layout.modelFile(model, version), record.modelFile());
                if (record.data() != null) {
                    stored(checked, Layout.data(record.data().digest()), record.data());
                }
            }
            return checked.findings();
        }

        /** Looks at all that Git itself keeps; null when there is no record that could be read. */
        private @Nullable VersionRecord documents(String folder) throws IOException {
            String path = Layout.record(model, version);
            Optional<byte[]> text = revision.file(path);
            if (text.isEmpty()) {
                checked.add(path, "missing (expected: the record of " + version + ")");
                return null;
            }
            VersionRecord record = checked.read(path, text.get(), VersionRecord.class);
            if (record != null) {
                checked.expectCanonical(path, text.get(), record);
                expectNamed(path, record.model(), record.version());
                members(folder, path, record);
            }
            return record;
        }

        private void members(String folder, String path, VersionRecord record) throws IOException {
            Set<String> files = new TreeSet<>(revision.at().files(folder));
            files.addAll(revision.at().folders(folder));
            files.remove(Layout.RECORD);
            if (!files.equals(record.members().keySet())) {
                checked.add(
                        path,
                        "members: %s (expected: the files beside it: %s)"
                                .formatted(record.members().keySet(), files));
            }
            Set<String> read = new TreeSet<>();
            record.members().keySet().forEach(member -> read.add(folder + "/" + member));
            if (record.data() != null) {
                read.add(Layout.data(record.data().digest()));
            }
            revision.at().expectFiles(read);
            String modelFile = VersionRecord.modelFileName(model);
            for (Map.Entry<String, Content> member : record.members().entrySet()) {
                String file = folder + "/" + member.getKey();
                if (!member.getKey().equals(modelFile)) {
                    committed(file, member.getValue())
                            .ifPresent(text -> document(member.getKey(), file, text, record.data()));
                }
            }
        }

        /** The bytes of a file that Git itself keeps, when they are the expected ones. */
        private Optional<byte[]> committed(String file, Content expected) {
            Optional<byte[]> text = revision.file(file);
            if (text.isEmpty()) {
                checked.add(file, "missing (expected: " + expected.digest() + ")");
                return text;
            }
            Content actual = Content.of(text.get());
            checked.expect(file, "digest", actual.digest(), expected.digest());
            checked.expect(file, "size", actual.size(), expected.size());
            return text.filter(bytes -> actual.equals(expected));
        }

        private void document(String name, String file, byte[] text, @Nullable Content data) {
            switch (name) {
                case Layout.REPORT -> {
                    Report report = checked.read(file, text, Report.class);
                    if (report != null) {
                        expectNamed(file, report.model(), report.version());
                    }
                }
                case Layout.PROVENANCE -> {
                    Provenance provenance = checked.read(file, text, Provenance.class);
                    if (provenance != null) {
                        expectNamed(file, provenance.model(), provenance.version());
                        if (data != null) {
                            checked.expect(file, "data", provenance.data(), data.digest());
                        }
                    }
                }
                case Layout.PROFILE -> checked.read(file, text, Profile.class);
                default -> {
                    // The card and its plots are for people.
                }
            }
        }

        private void expectNamed(String file, ModelName named, Version numbered) {
            if (!named.equals(model) || !numbered.equals(version)) {
                checked.add(file, "%s of %s (expected: %s of %s)".formatted(numbered, named, version, model));
            }
        }
    }
}

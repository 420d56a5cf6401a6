package dev.laurel.registry;

import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.evaluation.Report;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.model.VersionRecord.Content;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the versions, pins and definitions of a revision are what they say: each check gives its problems, none when all is well. */
final class VersionCheck {
    private final CommitRevision revision;
    private final Bytes bytes;
    private final SoundFolders sound;

    VersionCheck(CommitRevision revision, Bytes bytes) {
        this(revision, bytes, new SoundFolders());
    }

    /** @param sound remembers the folders whose documents need no second look */
    VersionCheck(CommitRevision revision, Bytes bytes, SoundFolders sound) {
        this.revision = revision;
        this.bytes = bytes;
        this.sound = sound;
    }

    /** Looks at the bytes that Git LFS keeps of a file. */
    interface Bytes {
        /** @throws LfsObjectException when they are missing or others */
        void verify(String file, LfsPointer pointer) throws IOException;
    }

    /**
     * A version whole: the record covers all members, each has its digest and size, its documents are of this version, and the bytes of
     * model and data are there.
     */
    List<Problem> version(ModelName model, Version version) throws IOException {
        return new Folder(model, version).check();
    }

    /** A pin: its version is registered, it names that version's digests and size, and the bytes of the model file are there. */
    List<Problem> pin(String path, Pin pin) throws IOException {
        Optional<Departure> departure = revision.departure(pin.model(), pin.version());
        if (departure.isPresent()) {
            return List.of(Problem.of(
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
            return List.of(Problem.of(
                    path,
                    "version: %s of %s (expected: a registered version; %s registered)"
                            .formatted(pin.version(), pin.model(), newest)));
        }
        Problems problems = new Problems();
        String recordPath = Layout.record(pin.model(), pin.version());
        byte[] text = text(recordPath);
        problems.expect(path, "record", pin.record(), Digest.of(text));
        VersionRecord record = problems.read(recordPath, text, VersionRecord.class);
        if (record == null) {
            return problems.all();
        }
        problems.expect(path, "digest", pin.digest(), record.modelFile().digest());
        problems.expect(path, "size", pin.size(), record.modelFile().size());
        if (problems.all().isEmpty()) {
            stored(problems, Layout.modelFile(pin.model(), pin.version()), record.modelFile());
        }
        return problems.all();
    }

    /** A pin as it is committed: ours, in the folder of its model, and right by {@link #pin(String, Pin)}. */
    List<Problem> pinIn(ModelName folder, String path) throws IOException {
        Problems problems = new Problems();
        byte[] text = text(path);
        Pin pin = problems.read(path, text, Pin.class);
        if (pin != null) {
            problems.expectModel(path, pin.model(), folder);
            problems.expectCanonical(path, text, pin);
            problems.all().addAll(pin(path, pin));
        }
        return problems.all();
    }

    List<Problem> releaseIn(ModelName folder, String path) {
        Problems problems = new Problems();
        Release release = problems.read(path, text(path), Release.class);
        if (release != null) {
            problems.expectModel(path, release.model(), folder);
        }
        return problems.all();
    }

    List<Problem> heldIn(ModelName folder, String path) {
        Problems problems = new Problems();
        Held held = problems.read(path, text(path), Held.class);
        if (held != null) {
            problems.expectModel(path, held.model(), folder);
        }
        return problems.all();
    }

    /** A definition has to be there as long as versions are, readable and in the folder of its model. */
    List<Problem> definition(ModelName model) throws IOException {
        String path = Layout.definition(model);
        Problems problems = new Problems();
        if (revision.file(path).isPresent()) {
            Definition definition = problems.read(path, text(path), Definition.class);
            if (definition != null) {
                problems.expectModel(path, definition.model(), model);
            }
        } else if (revision.at().hasFolder(Layout.versions(model))) {
            problems.add(path, "removed (expected: a definition, since versions are registered)");
        }
        return problems.all();
    }

    /** Kept rows: the pointer to the very digest in their name. */
    List<Problem> rows(String path) {
        Optional<String> named =
                revision.file(path).flatMap(LfsPointer::parse).map(pointer -> Layout.data(pointer.digest()));
        return named.equals(Optional.of(path))
                ? List.of()
                : List.of(
                        Problem.of(
                                path,
                                "not a Git LFS pointer to the digest in its name (is git-lfs installed where it was committed?)"));
    }

    /** A file that Git LFS keeps: the pointer in Git and the bytes beside it. */
    private void stored(Problems problems, String file, Content expected) throws IOException {
        LfsPointer pointer = new LfsPointer(expected.digest(), expected.size());
        Optional<byte[]> text = revision.file(file);
        if (text.isEmpty() || !LfsPointer.parse(text.get()).equals(Optional.of(pointer))) {
            problems.add(
                    file,
                    "not the Git LFS pointer of %s, %s bytes (is git-lfs installed where it was committed?)"
                            .formatted(expected.digest(), expected.size()));
            return;
        }
        try {
            bytes.verify(file, pointer);
        } catch (LfsObjectException e) {
            problems.add(
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
        private final Problems problems = new Problems();

        Folder(ModelName model, Version version) {
            this.model = model;
            this.version = version;
        }

        List<Problem> check() throws IOException {
            String folder = Layout.version(model, version);
            Optional<String> tree = revision.at().folderId(folder);
            VersionRecord record = tree.flatMap(id -> sound.record(folder, id)).orElse(null);
            if (record == null) {
                record = documents(folder);
                if (record != null && problems.all().isEmpty() && tree.isPresent()) {
                    sound.add(folder, tree.get(), record);
                }
            }
            if (record != null) {
                stored(problems, Layout.modelFile(model, version), record.modelFile());
                if (record.data() != null) {
                    stored(problems, Layout.data(record.data().digest()), record.data());
                }
            }
            return problems.all();
        }

        /** Looks at all that Git itself keeps; null when there is no record that could be read. */
        private @Nullable VersionRecord documents(String folder) throws IOException {
            String path = Layout.record(model, version);
            Optional<byte[]> text = revision.file(path);
            if (text.isEmpty()) {
                problems.add(path, "missing (expected: the record of " + version + ")");
                return null;
            }
            VersionRecord record = problems.read(path, text.get(), VersionRecord.class);
            if (record != null) {
                problems.expectCanonical(path, text.get(), record);
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
                problems.add(
                        path,
                        "members: %s (expected: the files beside it: %s)"
                                .formatted(record.members().keySet(), files));
            }
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
                problems.add(file, "missing (expected: " + expected.digest() + ")");
                return text;
            }
            Content actual = Content.of(text.get());
            problems.expect(file, "digest", actual.digest(), expected.digest());
            problems.expect(file, "size", actual.size(), expected.size());
            return text.filter(bytes -> actual.equals(expected));
        }

        private void document(String name, String file, byte[] text, @Nullable Content data) {
            switch (name) {
                case Layout.REPORT -> {
                    Report report = problems.read(file, text, Report.class);
                    if (report != null) {
                        expectNamed(file, report.model(), report.version());
                    }
                }
                case Layout.PROVENANCE -> {
                    Provenance provenance = problems.read(file, text, Provenance.class);
                    if (provenance != null) {
                        expectNamed(file, provenance.model(), provenance.version());
                        if (data != null) {
                            problems.expect(file, "data", provenance.data(), data.digest());
                        }
                    }
                }
                case Layout.PROFILE -> problems.read(file, text, Profile.class);
                default -> {
                    // The card and its plots are for people.
                }
            }
        }

        private void expectNamed(String file, ModelName named, Version numbered) {
            if (!named.equals(model) || !numbered.equals(version)) {
                problems.add(file, "%s of %s (expected: %s of %s)".formatted(numbered, named, version, model));
            }
        }
    }
}

package dev.laurel.git.lfs;

import dev.laurel.git.disk.Folders;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.HttpHost;
import dev.laurel.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of model files and kept rows, by digest, in the folder of a repository where git-lfs looks for them. A file appears
 * there whole, verified and on disk, or not at all. In the mirror of a repository on a Git host it is a cache of the host's. Long
 * since putting, fetching, putting aside and removing have to agree on every step that another process may see.
 */
public final class LfsStore {
    private final Path git;
    private final Path objects;
    private final Path unfinished;
    private final Path aside;
    private final @Nullable LfsClient host;
    private final @Nullable CacheBound bound;

    /** @param git the folder of a bare repository, or {@code .git} of a clone; the only place for its bytes */
    public LfsStore(Path git) {
        this(git, null, null);
    }

    /**
     * @param git the folder of a mirror
     * @param host where what is missing here is to be had, and where all that is put goes
     */
    LfsStore(Path git, @Nullable LfsClient host, @Nullable CacheBound bound) {
        this.git = git;
        this.objects = git.resolve("lfs").resolve("objects");
        this.unfinished = git.resolve("lfs").resolve("tmp");
        this.aside = git.resolve("lfs").resolve("unneeded");
        this.host = host;
        this.bound = bound;
    }

    /**
     * The bytes of a mirror, bounded together with those of all others.
     *
     * @param git the folder of the mirror
     * @param server where what is missing here is to be had, and where all that is put goes
     */
    public static LfsStore mirror(Path git, LfsAddress server, HttpHost host, Access access) {
        return new LfsStore(git, new LfsClient(server, host), CacheBound.of(access));
    }

    /** Bytes that may come from anywhere and are no repository's; bounded together with those of the mirrors. */
    public static LfsStore cache(Access access) {
        return new LfsStore(access.bytes(), null, CacheBound.of(access));
    }

    Path file(Digest digest) {
        String hex = digest.hex();
        return objects.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
    }

    Path objects() {
        return objects;
    }

    /** Where {@link LfsSweep} puts what it takes for unneeded, until it has made sure. */
    Path aside() {
        return aside;
    }

    Path aside(Digest digest) {
        return aside.resolve(digest.hex());
    }

    /** Undoes that; nothing when it was not aside, or is in its place as well. */
    void putBack(Digest digest) throws IOException {
        try {
            if (Files.exists(file(digest))) {
                Files.deleteIfExists(aside(digest));
            } else {
                Files.move(aside(digest), file(digest), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (NoSuchFileException e) {
            // Not aside any more: somebody else has put it back, or it is gone.
        }
    }

    /** Does something with a file, be it in its place or aside. @throws NoSuchFileException when it is in neither */
    private <T> T withFile(Digest digest, FileAction<T> action) throws IOException {
        try {
            return action.on(file(digest));
        } catch (NoSuchFileException e) {
            putBack(digest);
            return action.on(file(digest));
        }
    }

    private interface FileAction<T> {
        T on(Path file) throws IOException;
    }

    /** In bytes; -1 when there is none. Says nothing about whether they are the right ones. */
    public long size(Digest digest) throws IOException {
        try {
            return withFile(digest, Files::size);
        } catch (NoSuchFileException e) {
            return -1;
        }
    }

    /** Keeps these bytes. Does nothing when they are kept already, and puts them right when what is kept is damaged. */
    public LfsPointer put(byte[] bytes) throws IOException {
        LfsPointer pointer = new LfsPointer(Digest.of(bytes), bytes.length);
        try {
            keep(pointer);
            // Whoever put them there may have been killed before this.
            sync(file(pointer.digest()));
        } catch (LfsObjectException missingOrDamaged) {
            receive(pointer, new ByteArrayInputStream(bytes));
        }
        if (host != null) {
            host.upload(pointer, file(pointer.digest()));
        }
        return pointer;
    }

    /**
     * Verifies bytes that somebody is about to name, and touches them first: from now on a sweep leaves them alone, for its grace.
     *
     * @throws LfsObjectException when they are missing, or not of that digest and size
     */
    public void keep(LfsPointer pointer) throws IOException {
        try {
            touch(pointer.digest());
        } catch (NoSuchFileException e) {
            throw LfsObjectException.missing(pointer.digest(), "missing");
        }
        verifyHere(pointer);
    }

    private void touch(Digest digest) throws IOException {
        withFile(digest, file -> Files.setLastModifiedTime(file, FileTime.from(Instant.now())));
    }

    /** @throws LfsObjectException when the stream gives other bytes than the pointer's; then nothing is kept of them */
    public void receive(LfsPointer pointer, InputStream bytes) throws IOException {
        Digest digest = pointer.digest();
        Files.createDirectories(unfinished);
        Path file = unfinished.resolve(digest.hex() + "-" + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(pointer, bytes, Channels.newOutputStream(channel));
                channel.force(true);
            }
            show(file, digest);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Moves whole and verified bytes to where they are looked for. */
    private void show(Path file, Digest digest) throws IOException {
        Path target = file(digest);
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(target);
        if (bound != null) {
            touch(digest);
            bound.added(Files.size(target));
        }
    }

    /** For somebody who is going to read or verify all of these: asks a host at once where those are to be had that are not here. */
    public void expect(Collection<LfsPointer> pointers) throws IOException {
        if (host != null) {
            List<LfsPointer> missing = new ArrayList<>();
            for (LfsPointer pointer : pointers) {
                if (size(pointer.digest()) < 0) {
                    missing.add(pointer);
                }
            }
            host.expectDownloads(missing);
        }
    }

    /** @throws LfsObjectException when they are missing, or not of that digest and size */
    public byte[] read(LfsPointer pointer) throws IOException {
        try {
            return readHere(pointer);
        } catch (LfsObjectException missingOrDamaged) {
            fetch(pointer, missingOrDamaged);
            return readHere(pointer);
        }
    }

    private byte[] readHere(LfsPointer pointer) throws IOException {
        // Nothing is set aside for a size that somebody wrote into a pointer; the file's own size has to agree first.
        expectSize(pointer);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(pointer.size()));
        copyFile(pointer, bytes);
        return bytes.toByteArray();
    }

    /** @throws LfsObjectException when they are missing, or not of that digest and size */
    public void verify(LfsPointer pointer) throws IOException {
        try {
            verifyHere(pointer);
        } catch (LfsObjectException missingOrDamaged) {
            fetch(pointer, missingOrDamaged);
        }
    }

    private void verifyHere(LfsPointer pointer) throws IOException {
        expectSize(pointer);
        copyFile(pointer, OutputStream.nullOutputStream());
    }

    /** Brings the bytes here from the host, verified. @throws LfsObjectException the one at hand, when there is no host */
    private void fetch(LfsPointer pointer, LfsObjectException problem) throws IOException {
        if (host == null) {
            throw problem;
        }
        Digest digest = pointer.digest();
        Files.createDirectories(unfinished);
        Path resumable = unfinished.resolve(digest.hex() + ".part");
        if (!download(pointer, host, resumable)) {
            // Another process is just fetching them; ours are written apart.
            Path own = unfinished.resolve(digest.hex() + "-" + UUID.randomUUID());
            try {
                download(pointer, host, own);
            } finally {
                Files.deleteIfExists(own);
            }
        }
    }

    /** @return whether it was done; not when somebody else writes that file */
    private boolean download(LfsPointer pointer, LfsClient from, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Whoever held the lock before may have moved the file to its place.
            if (lock == null || !Files.exists(file)) {
                return size(pointer.digest()) == pointer.size();
            }
            from.download(pointer, channel);
            channel.force(true);
            show(file, pointer.digest());
            return true;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** @throws NoSuchFileException when there is none */
    public FileChannel open(Digest digest) throws IOException {
        return withFile(digest, file -> FileChannel.open(file, StandardOpenOption.READ));
    }

    private FileChannel openForUse(Digest digest) throws IOException {
        if (bound != null) {
            // So that it is not the next one to go.
            touch(digest);
        }
        return open(digest);
    }

    private void copyFile(LfsPointer pointer, OutputStream out) throws IOException {
        try (InputStream in = Channels.newInputStream(openForUse(pointer.digest()))) {
            copy(pointer, in, out);
        } catch (NoSuchFileException e) {
            throw LfsObjectException.missing(pointer.digest(), "missing");
        }
    }

    private void expectSize(LfsPointer pointer) throws IOException {
        long size = size(pointer.digest());
        if (size < 0) {
            throw LfsObjectException.missing(pointer.digest(), "missing");
        }
        expectSize(pointer, size);
    }

    private static void expectSize(LfsPointer pointer, long size) throws LfsObjectException {
        if (size != pointer.size()) {
            throw new LfsObjectException(
                    pointer.digest(), "%s bytes (expected: %s bytes)".formatted(size, pointer.size()));
        }
    }

    private static void copy(LfsPointer pointer, InputStream in, OutputStream out) throws IOException {
        DigestInputStream digested = new DigestInputStream(in, Digest.sha256());
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        // Stops soon after the expected size: what is too long is wrong, however long it is.
        for (int n = digested.read(buffer); n >= 0 && size <= pointer.size(); n = digested.read(buffer)) {
            out.write(buffer, 0, n);
            size += n;
        }
        expectSize(pointer, size);
        Digest actual =
                new Digest(HexFormat.of().formatHex(digested.getMessageDigest().digest()));
        if (!actual.equals(pointer.digest())) {
            throw new LfsObjectException(pointer.digest(), "their digest is " + actual);
        }
    }

    /** The folders on the way to a file of ours, from that of the repository on. */
    private void sync(Path file) throws IOException {
        Path folder = git;
        for (Path below : git.relativize(file)) {
            Folders.sync(folder);
            folder = folder.resolve(below);
        }
    }
}

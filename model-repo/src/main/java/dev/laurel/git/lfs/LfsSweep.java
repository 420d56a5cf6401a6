package dev.laurel.git.lfs;

import dev.laurel.git.disk.Watch;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/**
 * Removes the bytes of model files and rows that nothing needs, in two steps: first aside, then away. Whoever is about to name bytes that
 * are there already touches them first, and whoever looks for bytes that are aside puts them back; so what is still aside, untouched and
 * not named by any reference once all of them have been looked at anew, nobody wants.
 */
public final class LfsSweep {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private final LfsStore store;
    private final NeededBytes needed;
    private final Instant cutoff;
    private final Watch watch;
    private final List<Unneeded> unneeded = new ArrayList<>();
    private int keptFiles;
    private long keptSize;

    /**
     * @param repository whose references name what is needed
     * @param cutoff what was needed or touched later stays
     */
    public LfsSweep(LfsStore store, Repository repository, Instant cutoff, Watch watch) {
        this.store = store;
        this.needed = new NeededBytes(repository, cutoff);
        this.cutoff = cutoff;
        this.watch = watch;
    }

    /** Looks, and leaves everything as it is. */
    public Found find() throws IOException {
        Set<Digest> wanted = needed.look();
        for (Path file : files(store.objects())) {
            note(file, wanted);
        }
        return found();
    }

    public Found sweep() throws IOException {
        Set<Digest> wanted = needed.look();
        List<Path> files = files(store.objects());
        int done = 0;
        for (Path file : files) {
            if (watch.isCancelled()) {
                break;
            }
            watch.at("files", ++done, files.size());
            Digest digest = digest(file);
            if (note(file, wanted)) {
                Files.createDirectories(store.aside(digest).getParent());
                move(file, store.aside(digest));
            }
        }
        unneeded.clear();
        // What a sweep that was killed left aside is among these.
        wanted = needed.look();
        for (Path aside : files(store.aside())) {
            if (note(aside, wanted)) {
                if (!Files.deleteIfExists(aside)) {
                    unneeded.remove(unneeded.size() - 1);
                }
            } else {
                store.putBack(digest(aside));
            }
        }
        return found();
    }

    /** Whether nobody needs it; gone files count as needed, by whoever put them back. */
    private boolean note(Path file, Set<Digest> wanted) throws IOException {
        try {
            Digest digest = digest(file);
            Instant since = Files.getLastModifiedTime(file).toInstant();
            long size = Files.size(file);
            if (wanted.contains(digest) || !since.isBefore(cutoff)) {
                keptFiles++;
                keptSize += size;
                return false;
            }
            unneeded.add(new Unneeded(digest, size, since));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void move(Path file, Path aside) throws IOException {
        try {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            // Another writer has just put it in its place anew.
        }
    }

    /** Those that others put elsewhere meanwhile may be among them or not. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && NAME.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.visitFileFailed(file, e);
            }
        });
        Collections.sort(files);
        return files;
    }

    private static Digest digest(Path file) {
        return new Digest(file.getFileName().toString());
    }

    private Found found() {
        unneeded.sort(Comparator.comparingLong(Unneeded::size).reversed());
        return new Found(unneeded, new Kept(keptFiles, keptSize));
    }

    /** @param unneeded what nothing needs, largest first; removed by a sweep */
    public record Found(List<Unneeded> unneeded, Kept kept) {
        public Found {
            unneeded = List.copyOf(unneeded);
        }
    }

    /** @param since when somebody last put these bytes there, or found them there and named them */
    public record Unneeded(Digest digest, long size, Instant since) {}

    public record Kept(int files, long size) {}
}

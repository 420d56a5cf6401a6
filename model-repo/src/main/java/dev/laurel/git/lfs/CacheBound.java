package dev.laurel.git.lfs;

import dev.laurel.git.host.Access;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the bytes of model files and rows in all mirrors of a cache below a size. What was used longest ago goes first, since it can be
 * fetched again. What was used a short while ago stays, whatever the size: somebody may be about to read it once more, or to upload it.
 */
final class CacheBound {
    private static final Duration IN_USE = Duration.ofMinutes(10);
    /** Nobody looks at all files for less than a tenth of the bound. */
    private static final int SLACK = 10;

    private final Path mirrors;
    private final long most;
    /** Added since the last look, which was at what others added too. */
    private long unseen;

    private boolean looked;

    /** For the bytes of models and rows in all mirrors together. */
    static CacheBound of(Access access) {
        return new CacheBound(access.mirrors(), access.cacheSize());
    }

    /** @param most in bytes */
    CacheBound(Path mirrors, long most) {
        this.mirrors = mirrors;
        this.most = most;
    }

    /** To be told of so many more bytes. */
    synchronized void added(long bytes) throws IOException {
        unseen += bytes;
        if (!looked || unseen > most / SLACK) {
            looked = true;
            unseen = 0;
            sweep();
        }
    }

    private void sweep() throws IOException {
        List<Cached> all = all();
        long size = all.stream().mapToLong(Cached::size).sum();
        if (size <= most) {
            return;
        }
        // A little more than has to be, so that the next files do not take it beyond the bound.
        long wanted = most - most / SLACK;
        Instant inUse = Instant.now().minus(IN_USE);
        for (Cached oldest : all) {
            if (size <= wanted || !oldest.used.isBefore(inUse)) {
                return;
            }
            Files.deleteIfExists(oldest.file);
            size -= oldest.size;
        }
    }

    /** The one that was used longest ago first. */
    private List<Cached> all() throws IOException {
        List<Cached> all = new ArrayList<>();
        try (var folders = Files.newDirectoryStream(mirrors)) {
            for (Path mirror : folders) {
                Files.walkFileTree(mirror.resolve("lfs"), new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        all.add(new Cached(
                                file,
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Another process has moved or removed it meanwhile.
                        return FileVisitResult.CONTINUE;
                    }
                });
            }
        }
        all.sort(Comparator.comparing(Cached::used));
        return all;
    }

    private record Cached(Path file, long size, Instant used) {}
}

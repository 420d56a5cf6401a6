package dev.laurel.git.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.collect.Garbage.Leftover;
import dev.laurel.git.disk.Folders;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What writers left behind that were killed, ours, JGit's and C git's: unfinished files and folders, which nothing leads to, and locks.
 * Whoever is still at it writes them again and again, so one that has stood still for long is nobody's.
 */
public final class Leftovers {
    /** No writer needs longer for anything. */
    private static final Duration LONGEST_WRITE = Duration.ofDays(1);
    /** And none stands still for longer, while it checks a large push, whatever grace somebody asks for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final int ANY_DEPTH = Integer.MAX_VALUE;

    /** What keeps a pack until a branch names it, in the words of JGit and of C git; a person's own says something else. */
    private static final Pattern OF_A_PUSH = Pattern.compile("(jgit )?(receive|fetch)-pack\\b");

    private final Path repository;
    private final Instant before;

    /** @param repository a bare one */
    public Leftovers(Path repository, Instant now, Duration grace) {
        this.repository = repository;
        Duration longest = grace.compareTo(LONGEST_WRITE) < 0 ? grace : LONGEST_WRITE;
        this.before = now.minus(longest.compareTo(LONGEST_PAUSE) < 0 ? LONGEST_PAUSE : longest);
    }

    public List<Leftover> find() throws IOException {
        SortedSet<Path> found = new TreeSet<>();
        found.addAll(named(repository.resolve("lfs/tmp"), 1, ".*"));
        // Conversations of a mirror with its host.
        found.addAll(named(repository.resolve("unfinished"), 1, ".*"));
        Path objects = repository.resolve("objects");
        // On their way to a place of their own: noz and incoming_ of JGit, tmp_objdir- of C git.
        found.addAll(named(objects, 1, "noz.*|incoming_.*|tmp_objdir-.*"));
        found.addAll(named(objects, 2, "tmp_(obj|pack|idx|rev)_.*|gc_.*_tmp|gather-.*[.]tmp|pack-.*[.]keep[.]lock"));
        for (Path keep : named(objects.resolve("pack"), 1, "pack-.*[.]keep")) {
            if (OF_A_PUSH.matcher(text(keep)).lookingAt()) {
                found.add(keep);
            }
        }
        found.addAll(named(repository.resolve("refs"), ANY_DEPTH, ".*[.]lock"));
        found.addAll(named(repository, 1, "(packed-refs|HEAD)[.]lock"));
        // A repository that was being laid down here, which has another name until it is whole.
        String own = Pattern.quote("." + repository.getFileName() + "-");
        found.addAll(named(repository.resolveSibling(""), 1, own + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        return abandoned(found);
    }

    private List<Leftover> abandoned(SortedSet<Path> found) throws IOException {
        List<Leftover> leftovers = new ArrayList<>();
        for (Path each : found) {
            Measuring measured = new Measuring();
            Files.walkFileTree(each, measured);
            if (measured.newest.isBefore(before)) {
                leftovers.add(new Leftover(repository.relativize(each).toString(), measured.size));
            }
        }
        return leftovers;
    }

    public void remove(List<Leftover> leftovers) throws IOException {
        for (Leftover leftover : leftovers) {
            Path file = repository.resolve(leftover.file());
            if (Files.exists(file)) {
                Folders.delete(file);
            }
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** The files and folders with such a name, so many folders down. */
    private static List<Path> named(Path folder, int depth, String name) throws IOException {
        Pattern pattern = Pattern.compile(name);
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(), depth, new Walk() {
            @Override
            void at(Path path, BasicFileAttributes attributes) {
                if (!path.equals(folder)
                        && pattern.matcher(path.getFileName().toString()).matches()) {
                    found.add(path);
                }
            }
        });
        return found;
    }

    /** Bytes, and when any file or folder of it was last written; what is gone meanwhile is its writer's, who is not dead. */
    private static final class Measuring extends Walk {
        private Instant newest = Instant.MIN;
        private long size;

        @Override
        void at(Path path, BasicFileAttributes attributes) {
            Instant written = attributes.lastModifiedTime().toInstant();
            newest = written.isAfter(newest) ? written : newest;
            size += attributes.isRegularFile() ? attributes.size() : 0;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            newest = Instant.MAX;
            return super.visitFileFailed(file, e);
        }
    }

    /** Comes by each file and folder, beside others who make and remove some. */
    private abstract static class Walk extends SimpleFileVisitor<Path> {
        abstract void at(Path path, BasicFileAttributes attributes);

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            at(folder, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            at(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}

package dev.laurel.git.collect;

import dev.laurel.git.BareRepository;
import dev.laurel.git.collect.Garbage.Leftover;
import dev.laurel.git.collect.Garbage.Objects;
import dev.laurel.git.disk.Watch;
import dev.laurel.git.lfs.LfsSweep;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Packs a bare repository and removes the bytes that nothing needs any more, beside any number of writers and readers. */
public final class GarbageCollector {
    private final BareRepository bare;
    private final Repository repository;
    private final Path folder;
    private final Instant cutoff;
    private final Leftovers leftovers;
    private final boolean dryRun;
    private final Watch watch;

    /** @param grace for how long bytes stay that nothing needs any more, after they were last needed or touched */
    public GarbageCollector(BareRepository bare, Duration grace, boolean dryRun, Watch watch) {
        this.bare = bare;
        this.repository = bare.repository();
        this.folder = repository.getDirectory().toPath();
        Instant now = Instant.now();
        this.cutoff = now.minus(grace);
        this.leftovers = new Leftovers(folder, now, grace);
        this.dryRun = dryRun;
        this.watch = watch;
    }

    /** @throws IOException also when another process is at it */
    public Garbage collect() throws IOException {
        if (bare.isMirror()) {
            throw new IOException("a repository on a Git host (expected: one on this disk; the host collects its own)");
        }
        bare.expectWritable();
        LfsSweep bytes = new LfsSweep(bare.lfs(), repository, cutoff, watch);
        if (dryRun) {
            return garbage(bytes.find(), leftovers.find(), null);
        }
        // Closing the file ends the lock.
        try (FileChannel file = FileChannel.open(
                folder.resolve("laurel-gc.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            expectAlone(file);
            Objects before = objects();
            // First of all, since a forgotten .keep keeps its pack from being packed with the others.
            List<Leftover> left = leftovers.find();
            leftovers.remove(left);
            pack();
            LfsSweep.Found found = bytes.sweep();
            return garbage(found, left, new Garbage.Packing(before, objects()));
        }
    }

    private Garbage garbage(LfsSweep.Found found, List<Leftover> left, Garbage.@Nullable Packing packing) {
        return new Garbage(dryRun, cutoff, found.unneeded(), left, found.kept(), packing);
    }

    private void expectAlone(FileChannel file) throws IOException {
        boolean alone;
        try {
            alone = file.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            alone = false;
        }
        if (!alone) {
            throw new IOException(
                    folder + ": another process collects garbage there just now (expected: one at a time)");
        }
    }

    /**
     * JGit packs all that is reachable, with a bitmap, and removes the loose objects that are in packs then. Objects that nothing reaches
     * stay for two weeks, and packs that were replaced for an hour. Not by its command, which packs references too and so takes the lock of
     * main: killed in between, it would leave it behind.
     */
    private void pack() throws IOException {
        GC gc = new GC((FileRepository) repository);
        gc.setProgressMonitor(new Monitor());
        try {
            gc.repack();
            gc.prune(Set.of());
        } catch (ParseException e) {
            throw new IOException("packing: " + Reason.of(e), e);
        }
        removeOldBitmaps();
    }

    /** C git warns of more than one; those of the packs that stay for the hour serve nobody. */
    private void removeOldBitmaps() throws IOException {
        List<Path> bitmaps;
        try (Stream<Path> files = Files.list(folder.resolve("objects/pack"))) {
            bitmaps = files.filter(file -> file.toString().endsWith(".bitmap"))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (int old = 1; old < bitmaps.size(); old++) {
            Files.deleteIfExists(bitmaps.get(old));
        }
    }

    private Objects objects() throws IOException {
        GC.RepoStatistics counted = new GC((FileRepository) repository).getStatistics();
        return new Objects(
                counted.numberOfLooseObjects,
                counted.sizeOfLooseObjects,
                counted.numberOfPackFiles,
                counted.sizeOfPackedObjects);
    }

    /** JGit's steps, told to whoever watches. */
    private final class Monitor extends EmptyProgressMonitor {
        private String what = "";
        private int done;
        private int total;

        @Override
        public void beginTask(String title, int totalWork) {
            what = title.toLowerCase(Locale.ROOT);
            done = 0;
            total = totalWork;
        }

        @Override
        public void update(int completed) {
            done += completed;
            watch.at(what, done, total);
        }

        @Override
        public boolean isCancelled() {
            return watch.isCancelled();
        }
    }
}

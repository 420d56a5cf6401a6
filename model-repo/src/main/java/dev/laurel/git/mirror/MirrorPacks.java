package dev.laurel.git.mirror;

import dev.laurel.git.collect.Leftovers;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.internal.storage.file.PackIndex;
import org.eclipse.jgit.internal.storage.pack.PackExt;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;

/**
 * Keeps the packs of a mirror few, since every fetch brings a small one, and clears away what killed processes left in it. Git's own collector
 * follows history, which a mirror lacks.
 */
final class MirrorPacks {
    private static final int MOST_SMALL = 50;
    private static final long SMALL = 4 << 20;

    private final ObjectDirectory objects;
    private final Path folder;

    MirrorPacks(ObjectDirectory objects) {
        this.objects = objects;
        this.folder = objects.getPackDirectory().toPath();
    }

    /** Gathers the small packs into one, when there are many and no other process is at it. Readers find the objects all the while. */
    void gatherWhenMany() throws IOException {
        if (small().size() < MOST_SMALL) {
            return;
        }
        try (FileChannel file = FileChannel.open(
                        folder.resolve("gather.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock != null) {
                gather(small());
                Leftovers left = new Leftovers(
                        objects.getDirectory().toPath().resolveSibling(""), Instant.now(), Duration.ofDays(1));
                left.remove(left.find());
            }
        } catch (OverlappingFileLockException e) {
            // Another mirror of this process is at it.
        }
    }

    private List<Pack> small() {
        return objects.getPacks().stream()
                .filter(pack -> pack.getPackFile().length() < SMALL)
                .toList();
    }

    private void gather(List<Pack> packs) throws IOException {
        Path unfinished = Files.createTempFile(folder, "gather-", ".tmp");
        Path index = Files.createTempFile(folder, "gather-", ".tmp");
        try (ObjectReader reader = objects.newReader();
                RevWalk walk = new RevWalk(reader);
                PackWriter writer = new PackWriter(new PackConfig(), reader)) {
            Set<RevObject> all = new LinkedHashSet<>();
            for (Pack pack : packs) {
                for (PackIndex.MutableEntry entry : pack) {
                    all.add(walk.parseAny(entry.toObjectId()));
                }
            }
            writer.preparePack(all.iterator());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(index))) {
                writer.writeIndex(out);
            }
            ObjectId name = writer.computeName();
            // The index last: a pack without one is not looked at.
            replace(unfinished, "pack-" + name.name() + ".pack");
            replace(index, "pack-" + name.name() + ".idx");
            for (Pack pack : packs) {
                if (!pack.getPackName().equals(name.name())) {
                    pack.close();
                    Files.deleteIfExists(
                            pack.getPackFile().create(PackExt.INDEX).toPath());
                    Files.deleteIfExists(pack.getPackFile().toPath());
                }
            }
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(index);
        }
    }

    private void replace(Path from, String name) throws IOException {
        Files.move(from, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

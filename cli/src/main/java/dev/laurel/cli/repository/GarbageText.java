package dev.laurel.cli.repository;

import dev.laurel.cli.output.Columns;
import dev.laurel.git.collect.Garbage;
import dev.laurel.git.collect.Garbage.Leftover;
import dev.laurel.git.collect.Garbage.Packing;
import dev.laurel.git.lfs.LfsSweep.Unneeded;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a collection of garbage found and did, as people read it. */
public final class GarbageText {
    private GarbageText() {}

    public static String of(Garbage garbage) {
        StringBuilder text = new StringBuilder();
        if (garbage.dryRun()) {
            Columns columns = new Columns();
            for (Unneeded each : garbage.unneeded()) {
                columns.add(each.digest().toString(), bytes(each.size()), "last touched " + each.since());
            }
            for (Leftover each : garbage.leftovers()) {
                columns.add(each.file(), bytes(each.size()), "left by a writer that was killed");
            }
            text.append(columns);
            text.append(text.isEmpty() ? "" : System.lineSeparator());
        }
        text.append("%s %s files that nothing needs, %s; %s are needed, %s"
                .formatted(
                        garbage.dryRun() ? "would remove" : "removed",
                        garbage.unneeded().size() + garbage.leftovers().size(),
                        bytes(garbage.size()),
                        garbage.keptObjects().files(),
                        bytes(garbage.keptObjects().size())));
        @Nullable Packing packing = garbage.packing();
        if (packing != null) {
            text.append("%npacked %s loose objects of Git: %s, now %s in %s packs"
                    .formatted(
                            packing.before().loose() - packing.after().loose(),
                            bytes(packing.before().size()),
                            bytes(packing.after().size()),
                            packing.after().packs()));
        }
        return text.toString();
    }

    private static String bytes(long size) {
        return size < 10_000
                ? size + " bytes"
                : size < 10_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", size / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", size / 1e6);
    }
}

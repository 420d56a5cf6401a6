package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.registry.Verification.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes that Git LFS keeps: noted first, then each object read once, when its file still stands in the end. */
final class KeptBytes {
    /** A clone without any bytes is told so in a few lines. */
    private static final int MISSING_NAMED = 10;

    private final LfsStore lfs;
    /** What to do about missing bytes, and about damaged ones; with a digest to fill in. */
    private final String missingRemedy;

    private final String damagedRemedy;
    /** The files of each object, with the commit that brought them. */
    private final Map<LfsPointer, Map<String, String>> noted = new LinkedHashMap<>();

    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> missing = new ArrayList<>();
    private @Nullable NeededRows needed;
    private long size;
    private int departed;

    KeptBytes(LfsStore lfs, boolean clone) {
        this.lfs = lfs;
        this.missingRemedy = clone
                ? "`git lfs pull -I '*' -X ''` fetches what is missing"
                : "put them back with `git lfs push --object-id <remote> %s` from a clone that has them";
        this.damagedRemedy = clone
                ? "`git lfs fsck` puts damaged bytes aside, `git lfs pull -I '*' -X ''` fetches them anew"
                : missingRemedy;
    }

    void note(String file, LfsPointer pointer, Commit commit) {
        noted.computeIfAbsent(pointer, digest -> new LinkedHashMap<>()).putIfAbsent(file, commit.id());
    }

    /**
     * Takes the digests. What retention took out of the tree may have lost its bytes too.
     *
     * @param head of main, which says what is needed; {@code end} may be older
     */
    List<Fault> verify(CommitRevision end, CommitRevision head, Verification.Progress progress) throws IOException {
        lfs.expect(noted.keySet());
        int done = 0;
        for (Map.Entry<LfsPointer, Map<String, String>> object : noted.entrySet()) {
            LfsPointer pointer = object.getKey();
            Map<String, String> files = new LinkedHashMap<>(object.getValue());
            files.keySet().removeIf(file -> !stands(file, pointer, end));
            if (lfs.size(pointer.digest()) < 0 && !head.commit().equals(end.commit())) {
                int all = files.size();
                files.keySet().removeIf(file -> !stands(file, pointer, head));
                departed += all - files.size();
            }
            if (!files.isEmpty()) {
                verify(files, pointer, end);
            }
            progress.at("files", ++done, noted.size());
        }
        faults.addAll(shortened(missing));
        return faults;
    }

    private static boolean stands(String file, LfsPointer pointer, CommitRevision revision) {
        try {
            return revision.file(file).flatMap(LfsPointer::parse).equals(Optional.of(pointer));
        } catch (RegistryException toldWithItsCommit) {
            RegistryException.passOutage(toldWithItsCommit);
            return false;
        }
    }

    /** Files without bytes that have left the tree since, so that nobody needs them. */
    int departed() {
        return departed;
    }

    /** Of all digests that were taken. */
    long size() {
        return size;
    }

    private void verify(Map<String, String> files, LfsPointer pointer, CommitRevision end) throws IOException {
        String hex = pointer.digest().hex();
        try {
            lfs.verify(pointer);
            size += pointer.size();
        } catch (LfsObjectException e) {
            String remedy = e.isMissing() ? missingRemedy : damagedRemedy;
            String problem = "%s (%s)".formatted(e.getMessage(), remedy.formatted(hex));
            for (Map.Entry<String, String> file : files.entrySet()) {
                String needed = file.getKey().equals(Layout.data(pointer.digest()))
                        ? "; needed by " + needed(end).by(pointer.digest())
                        : "";
                (e.isMissing() ? missing : faults).add(new Fault(file.getKey(), file.getValue(), problem + needed));
            }
        }
    }

    private NeededRows needed(CommitRevision end) throws IOException {
        NeededRows known = needed == null ? new NeededRows(end) : needed;
        needed = known;
        return known;
    }

    private static List<Fault> shortened(List<Fault> missing) {
        if (missing.size() <= MISSING_NAMED) {
            return missing;
        }
        List<Fault> shown = new ArrayList<>(missing.subList(0, MISSING_NAMED - 1));
        Fault last = missing.get(MISSING_NAMED - 1);
        int others = missing.size() - MISSING_NAMED;
        shown.add(new Fault(
                last.file(), last.commit(), last.problem() + ", and so are those of %s more files".formatted(others)));
        return shown;
    }
}

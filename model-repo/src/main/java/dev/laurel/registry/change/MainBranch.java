package dev.laurel.registry.change;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import dev.laurel.git.TreeChanges;
import dev.laurel.git.UnknownOutcomeException;
import dev.laurel.git.disk.Turn;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.program.Reason;
import dev.laurel.registry.history.CommitRevision;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.rule.SoundFolders;
import dev.laurel.registry.rule.VersionCheck;
import dev.laurel.registry.sign.Signers;
import dev.laurel.registry.view.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** The branch {@code main}: reads where it stands, and puts commits on top of it among other writers. */
public final class MainBranch {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** A lock stands for milliseconds; one that is older than this was left behind, and not by a writer of ours. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private static final long LONGEST_PAUSE_MILLIS = 100;

    private final BareRepository repository;
    private final SoundFolders sound = new SoundFolders();

    public MainBranch(BareRepository repository) {
        this.repository = repository;
    }

    public CommitRevision head() throws IOException {
        return new CommitRevision(repository
                .main()
                .orElseThrow(() -> new RegistryException("the models repository has no branch main any more")));
    }

    LfsStore lfs() {
        return repository.lfs();
    }

    /** Looks at the bytes of each file once. */
    VersionCheck check(CommitRevision revision) {
        Set<LfsPointer> verified = new HashSet<>();
        return new VersionCheck(
                revision,
                (file, pointer) -> {
                    if (!verified.contains(pointer)) {
                        lfs().verify(pointer);
                        verified.add(pointer);
                    }
                },
                sound);
    }

    BareRepository repository() {
        return repository;
    }

    /** What an earlier commit had. */
    CommitRevision revision(String commit) throws IOException {
        return new CommitRevision(repository.at(commit));
    }

    /** The new commit; empty when somebody else came in between, so that everything has to be looked at again. */
    Optional<String> commit(CommitRevision parent, TreeChanges changes, CommitMessage message, Author author)
            throws IOException {
        Signers.namedIn(parent.at()).expectMay(author.key(), changes.paths());
        return repository
                .commit(parent.at(), changes, message.toString(), author.name(), author.email(), author.key())
                .map(Commit::id);
    }

    /**
     * Tries until no other writer came in between. Each try looks at {@link #head()} anew.
     *
     * @param what for the message, when it does not come to an end
     */
    <T> T write(String what, Try<T> attempt) {
        Optional<Turn> inLine = Optional.empty();
        try {
            repository.expectWritable();
            long start = System.nanoTime();
            for (int tries = 0; System.nanoTime() - start < PATIENCE.toNanos(); tries++) {
                repository.refresh();
                Optional<T> result = attempt.once();
                if (result.isPresent()) {
                    return result.get();
                }
                expectNoForgottenLock(what, "main", repository.lock());
                if (inLine.isEmpty()) {
                    inLine = repository.lineUp(PATIENCE.dividedBy(2));
                    continue;
                }
                // Twice as long on average each time, and never in step with the others.
                long longest = Math.min(LONGEST_PAUSE_MILLIS, 2L << Math.min(tries, 30));
                Thread.sleep(ThreadLocalRandom.current().nextLong(1, longest + 1));
            }
        } catch (UnknownOutcomeException e) {
            throw new RegistryException("%s: %s".formatted(what, Reason.of(e)), e);
        } catch (IOException e) {
            throw new RegistryException("%s: %s (nothing was registered or moved)".formatted(what, Reason.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(what + ": interrupted", e);
        } finally {
            inLine.ifPresent(Turn::close);
        }
        throw new RegistryException(
                "%s: others kept writing for %s s (try again)".formatted(what, PATIENCE.toSeconds()));
    }

    /** @throws RegistryException when the writer that holds the lock of a branch is there no more */
    static void expectNoForgottenLock(String what, String branch, Path lock) throws IOException {
        try {
            if (Files.getLastModifiedTime(lock)
                    .toInstant()
                    .isBefore(Instant.now().minus(LONGEST_WRITE))) {
                throw new RegistryException(
                        "%s: %s is locked by a writer that was killed (delete %s when no program writes this repository)"
                                .formatted(what, branch, lock));
            }
        } catch (NoSuchFileException e) {
            // Nobody is writing just now: the try was lost to a writer that is done.
        }
    }

    /** One try; empty when it was lost to another writer. */
    interface Try<T> {
        Optional<T> once() throws IOException;
    }
}

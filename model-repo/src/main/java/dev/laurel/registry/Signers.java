package dev.laurel.registry;

import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.sign.CommitSignature;
import dev.laurel.git.sign.SignerKey;
import dev.laurel.git.sign.SigningKey;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signers that {@code laurel.yaml} names. Where it names none nobody has to sign. Otherwise each commit on first-parent main is judged by
 * the signers that stand at its first parent, so that none grants itself anything: it has to be signed by one who may do all that it does.
 */
final class Signers {
    static final Signers NONE = new Signers(Map.of());
    private static final int NAMED = 5;

    private final Map<SignerKey, Signer> signers;

    private Signers(Map<SignerKey, Signer> signers) {
        this.signers = signers;
    }

    /**
     * Those that the {@code laurel.yaml} of a commit names, whoever wrote it.
     *
     * @throws InvalidDocumentException when it cannot be read
     */
    static Signers namedIn(Commit commit) throws IOException {
        List<Signer> named = Format.of(commit).map(Format::signers).orElse(List.of());
        Map<SignerKey, Signer> signers = new LinkedHashMap<>();
        for (int index = 0; index < named.size(); index++) {
            Signer signer = named.get(index);
            try {
                SignerKey key = SignerKey.parse(signer.key());
                for (SignerKey other : signers.keySet()) {
                    if (other.fingerprint().equals(key.fingerprint())) {
                        throw new InvalidValueException(
                                "key",
                                key,
                                "another than that of " + signers.get(other).name());
                    }
                }
                signers.put(key, signer);
            } catch (InvalidValueException e) {
                throw new InvalidDocumentException(Layout.FORMAT, 0, "signers[%s].%s".formatted(index, e.getMessage()));
            }
        }
        return signers.isEmpty() ? NONE : new Signers(signers);
    }

    /**
     * Those by whom a commit on top of this one is judged: named by the newest {@code laurel.yaml} that was put on first-parent main by one
     * who might. Any other one changes nothing.
     */
    static Signers standingAt(Commit commit) throws IOException {
        Deque<Commit> changes = changes(commit);
        Signers standing = NONE;
        while (!changes.isEmpty()) {
            standing = standing.after(changes.pop());
        }
        return standing;
    }

    /**
     * Whether a {@code laurel.yaml} up to this commit names any signers, or cannot be read. What was named before the newest one costs all of
     * history where that is on a Git host: there it is looked for where there are signers, as somebody said or as was seen.
     */
    static boolean everNamed(Commit commit) throws IOException {
        if (mayName(commit)) {
            commit.rememberSigners();
            return true;
        }
        if (commit.isFarFromItsPast() && !commit.isAfterSigners()) {
            return false;
        }
        for (Commit change : changes(commit)) {
            if (mayName(change)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayName(Commit commit) throws IOException {
        try {
            return !namedIn(commit).isEmpty();
        } catch (InvalidDocumentException | RegistryException unreadable) {
            RegistryException.passOutage(unreadable);
            return true;
        }
    }

    /** Those that changed {@code laurel.yaml}, oldest first. */
    private static Deque<Commit> changes(Commit newest) throws IOException {
        Deque<Commit> changes = new ArrayDeque<>();
        Optional<Commit> change = newest.lastChange(Layout.FORMAT);
        while (change.isPresent()) {
            changes.push(change.get());
            Optional<Commit> parent = change.get().firstParent();
            change = parent.isEmpty() ? Optional.empty() : parent.get().lastChange(Layout.FORMAT);
        }
        return changes;
    }

    /** Those that stand after a commit on top of them that changed {@code laurel.yaml}. */
    Signers after(Commit change) throws IOException {
        if (problem(change, Role.MAINTAIN).isPresent()) {
            return this;
        }
        try {
            return namedIn(change);
        } catch (InvalidDocumentException | RegistryException unreadable) {
            RegistryException.passOutage(unreadable);
            return this;
        }
    }

    boolean isEmpty() {
        return signers.isEmpty();
    }

    /** What a commit on top of these does without the signature that it takes: a problem for each role. */
    List<Problem> problems(Commit commit, Collection<PathChange> changes) throws IOException {
        if (isEmpty() || changes.isEmpty()) {
            return List.of();
        }
        SortedMap<Role, List<String>> paths = byRole(changes.stream().map(PathChange::path));
        CommitSignature signature = commit.signature(signers.keySet());
        List<Problem> problems = new ArrayList<>();
        paths.forEach((role, changed) -> problem(signature, role)
                .ifPresent(problem -> problems.add(Problem.of(changed.get(0), problem + others(changed)))));
        return problems;
    }

    private static SortedMap<Role, List<String>> byRole(Stream<String> paths) {
        SortedMap<Role, List<String>> byRole = new TreeMap<>();
        paths.forEach(path -> byRole.computeIfAbsent(Role.toChange(path), role -> new ArrayList<>())
                .add(path));
        return byRole;
    }

    private static String others(List<String> paths) {
        return paths.size() == 1 ? "" : "; so are %s more files".formatted(paths.size() - 1);
    }

    /** Why a commit on top of these may not do what takes a role. */
    Optional<String> problem(Commit commit, Role role) throws IOException {
        return isEmpty() ? Optional.empty() : problem(commit.signature(signers.keySet()), role);
    }

    private Optional<String> problem(CommitSignature signature, Role role) {
        if (signature instanceof CommitSignature.By by) {
            Signer signer = signer(by.key().fingerprint()).orElseThrow();
            return signer.may(role)
                    ? Optional.empty()
                    : Optional.of("signed by %s, who may only %s%s"
                            .formatted(signer.name(), may(signer), expected("signed by", role)));
        }
        if (signature instanceof CommitSignature.Foreign foreign) {
            return Optional.of("signed with %s, a key that %s does not name%s"
                    .formatted(foreign.key(), Layout.FORMAT, expected("signed by", role)));
        }
        return Optional.of(
                signature instanceof CommitSignature.Invalid invalid
                        ? "wrongly signed: " + invalid.problem() + expected("signed by", role)
                        : "unsigned" + expected("signed by", role));
    }

    /** Who signed a commit; empty when nobody of these did. */
    Optional<Signer> signerOf(Commit commit) throws IOException {
        return !isEmpty() && commit.signature(signers.keySet()) instanceof CommitSignature.By by
                ? signer(by.key().fingerprint())
                : Optional.empty();
    }

    /** @throws RegistryException when a commit that is signed with this key may not change these paths */
    void expectMay(@Nullable SigningKey key, Collection<String> paths) {
        if (isEmpty()) {
            return;
        }
        Optional<Signer> signer = key == null ? Optional.empty() : signer(key.fingerprint());
        for (Role role : byRole(paths.stream()).keySet()) {
            if (signer.isEmpty() || !signer.get().may(role)) {
                String found = key == null
                        ? "not set"
                        : signer.map(known -> "that of %s, who may only %s".formatted(known.name(), may(known)))
                                .orElse(key + ", which %s does not name".formatted(Layout.FORMAT));
                throw new RegistryException("LAUREL_SIGNING_KEY: " + found + expected("the key of", role));
            }
        }
    }

    private Optional<Signer> signer(String fingerprint) {
        return signers.entrySet().stream()
                .filter(signer -> signer.getKey().fingerprint().equals(fingerprint))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String may(Signer signer) {
        return String.join(", ", signer.roles().stream().map(Role::toString).toList());
    }

    private String expected(String what, Role role) {
        List<String> names = signers.values().stream()
                .filter(signer -> signer.may(role))
                .map(Signer::name)
                .distinct()
                .toList();
        String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return " (expected: %s one who may %s: %s)"
                .formatted(
                        what,
                        role,
                        names.size() > NAMED ? listed + " and " + (names.size() - NAMED) + " more" : listed);
    }
}

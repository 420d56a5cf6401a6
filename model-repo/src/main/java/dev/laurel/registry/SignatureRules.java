package dev.laurel.registry;

import dev.laurel.git.Commit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the signatures of a push to main have to keep: each commit that comes to stand on first-parent main is judged by itself. */
final class SignatureRules {
    private static final String HOW = "sign with a key that laurel.yaml names: git config gpg.format ssh;"
            + " git config user.signingkey ~/.ssh/id_ed25519.pub; git commit --amend --no-edit -S"
            + " (several: git rebase --exec 'git commit --amend --no-edit -S' origin/main)";

    private SignatureRules() {}

    /** @return what is wrong, one line each; empty to accept */
    static List<String> problems(Commit before, Commit after) throws IOException {
        Signers signers = Signers.standingAt(before);
        if (signers.isEmpty() && isFormatUntouched(before, after)) {
            return List.of();
        }
        Deque<Commit> commits = new ArrayDeque<>();
        Optional<Commit> at = Optional.of(after);
        while (at.isPresent() && !at.get().id().equals(before.id())) {
            commits.push(at.get());
            at = at.get().firstParent();
        }
        if (at.isEmpty()) {
            return signers.isEmpty()
                    ? List.of()
                    : List.of(
                            "main: %.10s is not on the first-parent line of %.10s (merge your branch into main, not main into it)"
                                    .formatted(before.id(), after.id()));
        }
        List<String> problems = new ArrayList<>();
        Commit parent = before;
        while (!commits.isEmpty()) {
            Commit commit = commits.pop();
            var changes = commit.changesSince(parent);
            for (Problem problem : signers.problems(commit, changes)) {
                problems.add("%s@%.10s: %s".formatted(problem.file(), commit.id(), problem.text()));
            }
            if (changes.stream().anyMatch(change -> change.path().equals(Layout.FORMAT))) {
                signers = signers.after(commit);
            }
            parent = commit;
        }
        if (!problems.isEmpty()) {
            problems.add(HOW);
        }
        return problems;
    }

    /** Then nobody has to sign in between either. */
    private static boolean isFormatUntouched(Commit before, Commit after) throws IOException {
        return after.lastChange(Layout.FORMAT)
                .map(Commit::id)
                .equals(before.lastChange(Layout.FORMAT).map(Commit::id));
    }
}

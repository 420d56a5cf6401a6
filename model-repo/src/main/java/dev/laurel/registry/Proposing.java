package dev.laurel.registry;

import dev.laurel.git.Branches;
import dev.laurel.git.Commit;
import dev.laurel.git.PathChange;
import dev.laurel.git.TreeChanges;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the commit that would move a pin on a branch of its own. The rules are those of a promotion; besides, there is one proposal for
 * a pin at a time, and automation takes the place of automation only.
 */
final class Proposing {
    private final MainBranch main;
    private final Branches branches;
    private final Environment environment;
    private final ModelName model;

    Proposing(MainBranch main, Environment environment, ModelName model) {
        this.main = main;
        this.branches = main.repository().branches();
        this.environment = environment;
        this.model = model;
    }

    Promotion propose(Version version, Judge judge, Author author) {
        return refusal(version)
                .map(decision -> (Promotion) new Promotion.Rejected(decision))
                .orElseGet(() -> proposed(author, pinning -> pinning.promote(version, judge)));
    }

    Promotion propose(Version version, String reason, Author author) {
        return proposed(author, pinning -> pinning.promote(version, reason));
    }

    Promotion propose(Environment from, String reason, Author author) {
        return proposed(author, pinning -> pinning.promote(from, reason));
    }

    /** What keeps automation from proposing. */
    private Optional<Decision> refusal(Version version) {
        for (PinProposal standing : proposals()) {
            if (standing.current() && standing.pin().by() == Pin.By.PERSON) {
                return rejected("proposal: %s (expected: none by a person; merge it, or delete its branch)"
                        .formatted(standing.branch()));
            }
            if (standing.current() && standing.version().compareTo(version) > 0) {
                return rejected("version: %s (expected: newer than %s, which is proposed)"
                        .formatted(version, standing.version()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Decision> rejected(String reason) {
        return Optional.of(Decision.rejected(List.of(reason)));
    }

    private Promotion proposed(Author author, Move move) {
        Branch branch = new Branch(author);
        Promotion promotion = move.by(new Pinning(main, environment, model, author, branch));
        if (!(promotion instanceof Promotion.Moved moved)) {
            return promotion;
        }
        PinProposal proposal = new PinProposal(environment, moved.pin(), moved.commit(), true);
        return new Promotion.Proposed(
                proposal,
                branch.written,
                proposals().stream()
                        .filter(other -> !other.version().equals(proposal.version()))
                        .toList());
    }

    /** The standing ones, newest version first. */
    List<PinProposal> proposals() {
        return proposals(main, PinProposal.branches(environment, model));
    }

    /** Those for all pins, by environment and model, newest version first. */
    static List<PinProposal> all(MainBranch main) {
        return proposals(main, PinProposal.ALL);
    }

    private static List<PinProposal> proposals(MainBranch main, String below) {
        try {
            CommitRevision head = main.head();
            List<PinProposal> proposals = new ArrayList<>();
            for (Map.Entry<String, Commit> branch :
                    main.repository().branches().below(below).entrySet()) {
                proposal(main, head, branch.getKey(), branch.getValue()).ifPresent(proposals::add);
            }
            proposals.sort(Comparator.comparing(PinProposal::environment)
                    .thenComparing(PinProposal::model)
                    .thenComparing(PinProposal::version, Comparator.reverseOrder()));
            return List.copyOf(proposals);
        } catch (IOException e) {
            throw new RegistryException("proposals below %s cannot be read: %s".formatted(below, Reason.of(e)), e);
        }
    }

    /** Empty where somebody else's branch has such a name. */
    private static Optional<PinProposal> proposal(MainBranch main, CommitRevision head, String branch, Commit tip)
            throws IOException {
        String[] names = branch.split("/", -1);
        if (names.length != 4) {
            return Optional.empty();
        }
        try {
            return new Proposing(main, new Environment(names[1]), new ModelName(names[2])).proposal(head, branch, tip);
        } catch (InvalidValueException notOurs) {
            return Optional.empty();
        }
    }

    /** Empty where somebody else's branch has such a name. */
    private Optional<PinProposal> proposal(CommitRevision head, String branch, Commit tip) throws IOException {
        String path = Layout.pin(environment, model);
        Optional<byte[]> text = tip.file(path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Pin pin;
        try {
            pin = Yaml.read(text.get(), path, Pin.class);
        } catch (InvalidDocumentException | InvalidValueException notAPin) {
            return Optional.empty();
        }
        PinProposal proposal = new PinProposal(environment, pin, tip.id(), isCurrent(head, tip, path, pin));
        return pin.model().equals(model) && proposal.branch().equals(branch) ? Optional.of(proposal) : Optional.empty();
    }

    private boolean isCurrent(CommitRevision head, Commit tip, String path, Pin pin) throws IOException {
        List<Commit> bases = main.repository().mergeBases(tip, head.at());
        if (bases.size() != 1) {
            return false;
        }
        Commit base = bases.get(0);
        return Arrays.equals(base.file(path).orElse(null), head.file(path).orElse(null))
                && tip.changesSince(base).stream()
                        .map(PathChange::path)
                        .toList()
                        .equals(List.of(path))
                && (pin.by() == Pin.By.PERSON || isJudgedByTheRulesOf(head, tip, path));
    }

    private boolean isJudgedByTheRulesOf(CommitRevision head, Commit tip, String path) throws IOException {
        String definition = Layout.definition(model);
        Optional<Commit> proposing = tip.lastChange(path);
        Optional<Commit> judged =
                proposing.isEmpty() ? Optional.empty() : proposing.get().firstParent();
        return judged.isPresent()
                && Arrays.equals(
                        judged.get().file(definition).orElse(null),
                        head.file(definition).orElse(null));
    }

    /** @return false when the branch is another one meanwhile */
    boolean withdraw(PinProposal proposal) {
        try {
            main.repository().expectWritable();
            return branches.delete(proposal.branch(), main.repository().at(proposal.commit()));
        } catch (IOException e) {
            throw new RegistryException("%s cannot be deleted: %s".formatted(proposal.branch(), Reason.of(e)), e);
        }
    }

    private interface Move {
        Promotion by(Pinning pinning);
    }

    /** The branch as the place where the commit goes. */
    private final class Branch implements PinTarget {
        private final Author author;
        private boolean written;

        Branch(Author author) {
            this.author = author;
        }

        @Override
        public Optional<String> commit(CommitRevision head, Pin pin, TreeChanges changes, CommitMessage message)
                throws IOException {
            String branch = new PinProposal(environment, pin, head.commit(), true).branch();
            @Nullable Commit standing = branches.below(branch).get(branch);
            if (standing != null && holds(head, branch, standing, pin)) {
                return Optional.of(standing.id());
            }
            Commit commit = main.repository()
                    .write(head.at(), changes, message.toString(), author.name(), author.email(), author.key());
            written = branches.set(branch, standing, commit);
            if (!written) {
                MainBranch.expectNoForgottenLock("proposing " + pin.version(), branch, branches.lock(branch));
            }
            return written ? Optional.of(commit.id()) : Optional.empty();
        }

        /** A proposal touches one file, as a promotion does, and who merges it looks at that alone. */
        @Override
        public Optional<CommitRevision> layDown(LayingDown laying, List<Problem> problems) {
            throw new RegistryException(problems.get(0).toString());
        }

        /** A branch that says the same stays as it is, with the reviews and checks that it has, also when main moved on elsewhere. */
        private boolean holds(CommitRevision head, String branch, Commit standing, Pin pin) throws IOException {
            return proposal(head, branch, standing)
                    .filter(proposal -> proposal.current() && proposal.pin().equals(pin))
                    .isPresent();
        }
    }
}

package dev.laurel.judge;

import dev.laurel.model.Decision;
import dev.laurel.model.Pin;
import dev.laurel.predictor.InvalidModelFileException;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.PinMove;
import dev.laurel.registry.view.ProposedChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges what a branch would change on main, such as a pull request, by the rules that stand on main: no branch can relax the gate that
 * judges it. The branch is read as data; nothing of it is run, and no source that it names is asked. Nothing is trained either: that
 * a model file really comes from its rows is what {@code laurel reproduce} proves.
 */
public final class ChangeJudge {
    private final Registry registry;
    private final ProposedChange change;

    private ChangeJudge(Registry registry, ProposedChange change) {
        this.registry = registry;
        this.change = change;
    }

    /**
     * @param base what the branch is to be merged into, {@code head} its newest commit; each in any of Git's words for it
     * @throws dev.laurel.registry.outcome.RegistryException when one of them or some bytes cannot be read
     * @throws dev.laurel.yaml.InvalidDocumentException when a definition or a pin at the base is broken
     */
    public static GateVerdict judge(Registry registry, String base, String head) {
        ProposedChange change = registry.proposed(base, head);
        ChangeJudge judge = new ChangeJudge(registry, change);
        return GateVerdict.of(
                change.base().commit(),
                change.head().commit(),
                change.moves().stream().map(judge::verdict).toList(),
                change.problems(),
                change.others());
    }

    private PinVerdict verdict(PinMove move) {
        Pin pin = move.after();
        if (pin == null) {
            return verified(
                    move,
                    List.of(),
                    "the pin is removed: a move back is not judged, and no version answers from then on");
        }
        return move.earlier() ? earlier(move, pin) : new Retrial(registry, change, move, pin).verdict();
    }

    private PinVerdict earlier(PinMove move, Pin pin) {
        List<String> problems = new ArrayList<>(move.problems());
        try {
            Contender.load(registry.fetch(pin.digest(), pin.size()));
        } catch (InvalidModelFileException e) {
            problems.add("model file of %s: %s".formatted(pin.version(), e.getMessage()));
        }
        return verified(move, problems, "%s was champion here before: verified, not judged".formatted(pin.version()));
    }

    private static PinVerdict verified(PinMove move, List<String> problems, String reason) {
        Pin from = move.before();
        Pin to = move.after();
        return new PinVerdict(
                move.environment(),
                move.model(),
                from == null ? null : from.version(),
                to == null ? null : to.version(),
                problems.isEmpty() ? Decision.passed(reason) : Decision.rejected(problems),
                null,
                null);
    }
}

package dev.laurel.registry.view;

import java.util.List;

/**
 * What a branch would change on main. The base is what main is now, which may have gone on since the branch left it; the head is read
 * as data and never trusted.
 *
 * @param base whose rules apply
 * @param head what is proposed
 * @param moves pins that the branch moves to something else than stands at the base
 * @param problems of the change as a whole: broken documents, changed versions, pins promoted together with something else
 * @param others files that the branch changes beside pins
 */
public record ProposedChange(
        Revision base, Revision head, List<PinMove> moves, List<String> problems, List<String> others) {
    public ProposedChange {
        moves = List.copyOf(moves);
        problems = List.copyOf(problems);
        others = List.copyOf(others);
    }
}

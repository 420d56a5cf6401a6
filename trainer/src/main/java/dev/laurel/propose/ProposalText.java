package dev.laurel.propose;

import dev.laurel.judge.ChangeJudge;
import dev.laurel.model.Pin;
import dev.laurel.registry.PinProposal;
import dev.laurel.registry.Registry;

/**
 * What a reviewer reads.
 *
 * @param body Markdown: who proposes what, how to go on, and the verdict that {@code laurel gate} gives
 */
record ProposalText(String title, String body) {

    static ProposalText of(Registry registry, PinProposal proposal) {
        Pin pin = proposal.pin();
        String title = "Promote %s %s in %s".formatted(pin.model(), pin.version(), proposal.environment());
        String verdict = ChangeJudge.judge(registry, registry.head().commit(), proposal.commit())
                .markdown();
        return new ProposalText(title, """
                %s

                Merge this request to promote, in whichever way: a merge commit, a squash or a rebase. Close it to say no to %s. \
                A newer version takes its place. `laurel gate --base main --head %s` gives the verdict anew.

                %s""".formatted(introduction(pin), pin.version(), proposal.branch(), verdict));
    }

    private static String introduction(Pin pin) {
        return pin.by() == Pin.By.AUTOMATION
                ? "The gate passed this version."
                : "A person proposes this version:\n\n" + quoted(String.valueOf(pin.reason()));
    }

    /** As a block of code, so that nothing in it is taken for Markdown. */
    private static String quoted(String text) {
        return "    " + text.replaceAll("\\R", "\n    ");
    }
}

package dev.laurel.cli.pin;

import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code laurel rollback}. */
@Command(
        name = "rollback",
        description = {
            "Moves a pin back, by a commit: to the champion before this one, or to an older version.",
            "From then on the pin is held: automation leaves it alone until 'laurel release' or 'laurel promote'."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel rollback spy-direction --reason \"wrong every day since Monday\"",
            "  laurel rollback spy-direction --reason \"wrong every day since Monday\" --wait http://localhost:8080"
        })
public final class RollbackCommand extends PinCommand {
    @Option(names = "--to", paramLabel = "VERSION", description = "Such as v5 (default: the champion before).")
    private @Nullable Version version;

    @Override
    PullRequests.Outcome move(Registry registry, Revision head, Move move) {
        return new PullRequests.Outcome(
                registry.rollBack(move.environment(), move.model(), version, move.reason(), move.author()));
    }
}

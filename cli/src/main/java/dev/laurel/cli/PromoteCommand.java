package dev.laurel.cli;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Version;
import dev.laurel.registry.Promotion;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code laurel promote}. */
@Command(
        name = "promote",
        description = "Moves a pin to a version, by a commit. The version is verified, not judged; a hold ends.",
        footerHeading = "%nExample:%n",
        footer = "  laurel promote spy-direction v3 --reason \"calmer in May\"")
final class PromoteCommand extends PinCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v3 (default: the newest version).")
    private @Nullable Version version;

    @Override
    Promotion move(Registry registry, Revision head, Move move) {
        Version wanted = version == null
                ? head.newest(move.model())
                        .orElseThrow(() -> new InvalidValueException(
                                "versions", "none", "one at least; 'laurel train " + move.model() + "' makes one"))
                : version;
        return registry.promote(move.environment(), move.model(), wanted, move.reason(), move.author());
    }
}

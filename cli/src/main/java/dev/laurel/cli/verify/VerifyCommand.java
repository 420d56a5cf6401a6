package dev.laurel.cli.verify;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.ProgressLine;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Verification;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel verify}. */
@Command(
        name = "verify",
        description = {
            "Verifies the whole registry: each version, pin and promotion in the history of main, and the bytes of all that stands.",
            "Needs no network and no server: a clone will do, with its bytes (git lfs pull -I '*' -X '').",
            "Damage to Git's own objects is git fsck's to find."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel verify",
            "  laurel verify --repo ~/clones/models --since v1.0",
            "  laurel verify --repo ~/clones/models origin/main --output json"
        })
public final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REVISION",
            description = "The newest commit to look at, as Git understands it (default: main).")
    private @Nullable String revision;

    @Option(
            names = "--since",
            paramLabel = "REVISION",
            description = "Look only at what the commits after this one changed.")
    private @Nullable String since;

    @Option(
            names = "--unsigned",
            description = "Leave signatures out: for a merge as it would be, which nobody has made yet.")
    private boolean unsigned;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Verification verification = verify(registry);
            output.print(verification, text(verification));
            return verification.faults().isEmpty() ? CommandLine.ExitCode.OK : ExitCodes.REJECTED;
        }
    }

    private Verification verify(Registry registry) {
        try (ProgressLine progress = new ProgressLine("verifying", output.err())) {
            return registry.verify(revision, since, !unsigned, progress::show);
        }
    }

    private static String text(Verification verification) {
        StringBuilder text = new StringBuilder();
        verification.faults().forEach(fault -> text.append(fault).append(System.lineSeparator()));
        int faults = verification.faults().size();
        if (verification.departed() > 0) {
            text.append("%s files of versions that left the tree since have no bytes here any more, and need none%n"
                    .formatted(verification.departed()));
        }
        return text.append("verified: %s commits, %s versions, %s pins, %s bytes: %s"
                        .formatted(
                                verification.commits(),
                                verification.versions(),
                                verification.pins(),
                                verification.bytes(),
                                faults == 0 ? "no faults" : faults == 1 ? "1 fault" : faults + " faults"))
                .toString();
    }
}

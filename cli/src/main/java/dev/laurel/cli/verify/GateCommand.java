package dev.laurel.cli.verify;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ExitCodes;
import dev.laurel.cli.output.Output;
import dev.laurel.judge.ChangeJudge;
import dev.laurel.judge.GateVerdict;
import dev.laurel.registry.Registry;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel gate}. */
@Command(
        name = "gate",
        description = {
            "Judges a pull request, as CI does: every pin that it moves, by the rules at its base.",
            "",
            "Challenger and champion answer for the kept rows once more, and what report and pin claim has to come out again. A move back to"
                    + " an earlier champion is verified, not judged. The head is read as data: nothing of it is run, no source that it names"
                    + " is asked. Prints Markdown.",
            "",
            "Needs the whole history (fetch-depth: 0) and the bytes of the versions in question; what is missing is said with the"
                    + " command that fetches it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:passed, or no pin moves",
            "1:could not be judged; one line on standard error says why",
            "2:the command line is wrong",
            "3:rejected"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel gate --base origin/main --head HEAD --repo .",
            "  laurel gate --base main --head promote/production/spy-direction/v7 --output json"
        })
public final class GateCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Option(
            names = "--base",
            paramLabel = "REVISION",
            required = true,
            description = "What it is to be merged into, as Git understands it.")
    private String base = "";

    @Option(
            names = "--head",
            paramLabel = "REVISION",
            required = true,
            description = "The newest commit of the pull request.")
    private String head = "";

    @Option(
            names = "--missing",
            description = {
                "Only print the files whose bytes are not here and are needed, one a line:",
                "what `git lfs fetch -I` is to fetch before the judgement."
            })
    private boolean missing;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            if (missing) {
                SortedSet<String> files = registry.missingBytes(base, head);
                output.print(files, String.join(System.lineSeparator(), files));
                return CommandLine.ExitCode.OK;
            }
            GateVerdict verdict = ChangeJudge.judge(registry, base, head);
            output.print(verdict, verdict.markdown().stripTrailing());
            return verdict.isPassed() ? CommandLine.ExitCode.OK : ExitCodes.REJECTED;
        }
    }
}

package dev.laurel.cli.repository;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.ProgressLine;
import dev.laurel.git.collect.Garbage;
import dev.laurel.git.host.Location;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.Registry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel gc}. */
@Command(
        name = "gc",
        description = {
            "Collects garbage: packs the models repository, and removes the bytes of model files and rows that no branch or tag needs.",
            "May run beside training, serving and pushes. History stays whole; only bytes of versions that retention took out of the tree"
                    + " go, and of commits that nobody pushed. What killed writers left behind goes too. 'laurel up' does this by itself."
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel gc --dry-run", "  laurel gc --grace 30d"})
public final class GcCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Option(names = "--dry-run", description = "Only list what would go.")
    private boolean dryRun;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Grace.class,
            defaultValue = "14d",
            description =
                    "How long bytes stay after they were last needed or uploaded, such as 14d, 12h, 30m (default: 14d)."
                            + " Less than any upload takes until its commit is there is for repositories that nobody else writes.")
    private Duration grace = Duration.ofDays(14);

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Expect.that(
                laurel.repository() instanceof Location.Folder,
                "--repo",
                laurel.repository(),
                "a folder on this machine; the host of a repository collects the garbage there");
        try (Registry registry = laurel.openRegistry();
                ProgressLine progress = new ProgressLine("collecting garbage", output.err())) {
            Garbage garbage = registry.collectGarbage(grace, dryRun, progress::show);
            output.print(garbage, GarbageText.of(garbage));
            return CommandLine.ExitCode.OK;
        }
    }

    /** Reads {@code 14d}, {@code 12h}, {@code 30m}, {@code 0s}. */
    static final class Grace implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,4})([smhd])");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new InvalidValueException("grace", text, "a time such as 14d, 12h, 30m or 0s");
            }
            String unit = matcher.group(2);
            return Duration.parse((unit.equals("d") ? "P" : "PT") + matcher.group(1) + unit);
        }
    }
}

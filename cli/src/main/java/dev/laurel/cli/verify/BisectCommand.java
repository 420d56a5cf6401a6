package dev.laurel.cli.verify;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.definition.Definition;
import dev.laurel.judge.Bisection;
import dev.laurel.judge.Bisection.Trial;
import dev.laurel.judge.Bisector;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Revision;
import dev.laurel.source.RowFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code laurel bisect}. */
@Command(
        name = "bisect",
        description = {
            "Finds the promotion with which a metric fell below a value, on rows that you have now.",
            "",
            "Evaluates the newest champion and the oldest, then always the one in the middle of what is left, as 'git bisect' does. That takes"
                    + " it for granted that all champions after the first one below are below too.",
            "",
            "The file is written as the source in the model's definition is; every row with features and target counts."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the promotion was found, or the newest champion is not below",
            "1:could not be done; one line on standard error says why",
            "2:the command line is wrong"
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel bisect spy-direction --data april.csv --metric accuracy --below 0.5")
public final class BisectCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "The rows to evaluate on.")
    private Path data = Path.of("");

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            converter = MetricConverter.class,
            description =
                    "Such as accuracy, auc, log-loss, rmse (default: that of the gate). Below means above for those of which less is better.")
    private @Nullable Metric wanted;

    @Option(names = "--below", paramLabel = "VALUE", required = true, description = "The value to look for.")
    private double below;

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        Expect.that(Files.isReadable(data) && !Files.isDirectory(data), "data", data, "a CSV file that can be read");
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            Definition definition = head.definition(name);
            Metric metric = wanted == null ? definition.gate().metric() : wanted;
            Bisection bisection = new Bisector(
                            registry,
                            champion -> RowFile.read(data, definition, champion),
                            metric,
                            below,
                            trial -> output.progress(line(metric, trial)))
                    .bisect(environment.get(), name);
            output.print(bisection, text(metric, bisection));
            return CommandLine.ExitCode.OK;
        }
    }

    private static String line(Metric metric, Trial trial) {
        return "  %s by %s of %s at %s: %s %s on %s rows%s"
                .formatted(
                        trial.version(),
                        Shown.commit(trial.commit()),
                        trial.author(),
                        trial.time(),
                        metric,
                        Shown.value(trial.value(), trial.interval()),
                        trial.rows(),
                        trial.below() ? ", " + below(metric) : "");
    }

    private String text(Metric metric, Bisection bisection) {
        StringBuilder text = new StringBuilder();
        bisection.skipped().forEach(skipped -> text.append("  %s%n".formatted(skipped.reason())));
        @Nullable Trial found = bisection.found();
        if (found == null) {
            return text.append("the newest champion is not %s %s".formatted(below(metric), below))
                    .toString();
        }
        @Nullable Trial before = bisection.before();
        return text.append("%s in %s went %s %s with %s, commit %s of %s; %s of %s champions evaluated%n"
                        .formatted(
                                bisection.model(),
                                bisection.environment(),
                                below(metric),
                                below,
                                found.version(),
                                Shown.commit(found.commit()),
                                found.author(),
                                bisection.trials().size(),
                                bisection.champions()))
                .append(
                        before == null
                                ? "no champion before it could be evaluated, so there is none to go back to"
                                : "back to %s: %s"
                                        .formatted(before.version(), wayBack(metric, bisection, found, before)))
                .toString();
    }

    /** What is worse than the value. */
    private static String below(Metric metric) {
        return metric.gain(1, 0) > 0 ? "below" : "above";
    }

    private String wayBack(Metric metric, Bisection bisection, Trial found, Trial before) {
        Trial newest = bisection.trials().get(0);
        String step = before.version().compareTo(newest.version()) < 0
                ? "rollback %s --to %s".formatted(bisection.model(), before.version())
                : "promote %s %s".formatted(bisection.model(), before.version());
        return "laurel %s --env %s --reason \"%s %s %s since %s\"%s"
                .formatted(step, bisection.environment(), metric, below(metric), below, found.version(), elsewhere());
    }

    /** The models repository, where it was named on the command line. */
    private String elsewhere() {
        for (@Nullable CommandSpec each = command; each != null; each = each.parent()) {
            @Nullable
            OptionSpec repository = each.commandLine().getParseResult().matchedOption("--repo");
            if (repository != null) {
                return " --repo " + repository.originalStringValues().get(0);
            }
        }
        return "";
    }

    static final class MetricConverter implements ITypeConverter<Metric> {
        @Override
        public Metric convert(String text) {
            return Arrays.stream(Metric.values())
                    .filter(metric -> metric.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValueException(
                            "metric",
                            text,
                            Arrays.stream(Metric.values()).map(Metric::toString).collect(Collectors.joining(", "))));
        }
    }
}

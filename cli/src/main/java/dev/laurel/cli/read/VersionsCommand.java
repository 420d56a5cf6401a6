package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.Count;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Decision;
import dev.laurel.model.Environment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel versions}. */
@Command(
        name = "versions",
        description = {
            "Lists the versions of a model, newest first: the gate's metric with its 95 %% interval, the champion it was judged against,"
                    + " the verdict, and where it is the champion now."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel versions spy-direction --last 50")
public final class VersionsCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(
            names = "--last",
            paramLabel = "N",
            converter = Count.Last.class,
            defaultValue = "20",
            description = "At most so many (default: 20).")
    private int last;

    @Mixin
    private Output output = new Output();

    /**
     * One version.
     *
     * @param evaluated what its report says; absent when its documents cannot be read, which {@code problem} tells
     */
    record Entry(
            Version version,
            List<Environment> championIn,
            @Nullable Evaluated evaluated,
            @Nullable String problem) {}

    /**
     * What a report says.
     *
     * @param clock the key of the newest row that its training knew; absent where rows have no keys
     * @param value by the gate's metric on the evaluation rows, with its interval where it has one
     * @param against the champion of that time, with its value on the same rows; absent where there was none
     */
    record Evaluated(
            Instant trainedAt,
            @Nullable String clock,
            double value,
            @Nullable Interval interval,
            int rows,
            @Nullable Version against,
            @Nullable Double againstValue,
            Decision.Verdict verdict) {}

    record Versions(ModelName model, Metric metric, List<Entry> versions) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            Metric metric = head.definition(name).gate().metric();
            SortedMap<Version, List<Environment>> championIn = new TreeMap<>();
            for (Environment environment : head.environments()) {
                head.pin(environment, name)
                        .ifPresent(pin -> championIn
                                .computeIfAbsent(pin.version(), version -> new ArrayList<>())
                                .add(environment));
            }
            List<Version> newest = head.newest(name, last);
            head.expectReports(name, newest);
            // Most of the time goes into reading documents, a few for each version.
            List<Entry> entries = newest.parallelStream()
                    .map(version -> entry(head, name, version, metric, championIn.getOrDefault(version, List.of())))
                    .toList();
            output.print(new Versions(name, metric, entries), text(name, metric, entries, entries.size() < last));
            return CommandLine.ExitCode.OK;
        }
    }

    private static Entry entry(
            Revision head, ModelName model, Version version, Metric metric, List<Environment> championIn) {
        try {
            return new Entry(version, championIn, evaluated(head, model, version, metric), null);
        } catch (InvalidDocumentException | RegistryException e) {
            return new Entry(version, championIn, null, Reason.of(e));
        }
    }

    private static Evaluated evaluated(Revision head, ModelName model, Version version, Metric metric) {
        Report report = head.report(model, version);
        Metrics metrics = report.challenger().metrics();
        Report.@Nullable Side champion = report.champion();
        return new Evaluated(
                head.provenance(model, version).trainedAt().truncatedTo(ChronoUnit.SECONDS),
                report.clock(),
                metrics.get(metric),
                MetricIntervals.of(metrics).get(metric),
                metrics.rows(),
                champion == null ? null : champion.version(),
                champion == null ? null : champion.metrics().get(metric),
                report.decision().verdict());
    }

    /** @param all whether these are all that stand in the tree */
    private static String text(ModelName model, Metric metric, List<Entry> entries, boolean all) {
        if (entries.isEmpty()) {
            return "no versions yet; 'laurel train " + model + "' makes one";
        }
        Columns columns = new Columns()
                .add(
                        "VERSION",
                        "TRAINED",
                        "CLOCK",
                        metric.toString().toUpperCase(Locale.ROOT),
                        "ROWS",
                        "AGAINST",
                        "GATE",
                        "CHAMPION IN");
        for (Entry entry : entries) {
            String championIn =
                    entry.championIn().stream().map(Environment::value).collect(Collectors.joining(", "));
            Evaluated evaluated = entry.evaluated();
            if (evaluated == null) {
                String problem = "unreadable: " + entry.problem();
                columns.add(entry.version().toString(), "", "", "", "", "", "", (championIn + " " + problem).strip());
            } else {
                columns.add(
                        entry.version().toString(),
                        evaluated.trainedAt().toString(),
                        Objects.requireNonNullElse(evaluated.clock(), "none"),
                        Shown.value(evaluated.value(), evaluated.interval()),
                        String.valueOf(evaluated.rows()),
                        evaluated.againstValue() == null
                                ? "none"
                                : evaluated.against() + " " + Shown.number(evaluated.againstValue()),
                        evaluated.verdict().toString(),
                        championIn);
            }
        }
        int left = entries.get(0).version().number() - entries.size();
        return all && left > 0
                ? "%s%n%n%s older %s left the tree; 'laurel log %s' lists them, 'laurel show' still shows each"
                        .formatted(columns, left, left == 1 ? "version" : "versions", model)
                : columns.toString();
    }
}

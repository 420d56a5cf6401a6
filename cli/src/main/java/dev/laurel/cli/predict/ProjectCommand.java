package dev.laurel.cli.predict;

import dev.laurel.cli.Main;
import dev.laurel.cli.output.Output;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Environment;
import dev.laurel.model.Metric;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.store.ProjectedVersion;
import dev.laurel.store.ProjectedVersions;
import dev.laurel.store.Store;
import dev.laurel.yaml.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel project}. */
@Command(
        name = "project",
        description = {
            "Writes what the models repository says of all versions into the table versions of a PostgreSQL database, in the place of what"
                    + " stood there.",
            "",
            "For people who want SQL. Nothing reads it back: the repository is what is true, and this can be done again at any time."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel project --to jdbc:postgresql://db/prices")
public final class ProjectCommand implements Callable<Integer> {
    @ParentCommand
    private Main laurel = new Main();

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            defaultValue = "jdbc:",
            description =
                    "The database, as jdbc:postgresql://host/name (default: that of LAUREL_DATABASE_URL). Its user and password stand in the environment.")
    private String to = "";

    @Mixin
    private Output output = new Output();

    /** @param leftOut versions whose documents cannot be read, each with the reason */
    record Projected(String commit, int versions, List<String> leftOut) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry();
                Store store = BatchOptions.store(to)) {
            Revision head = registry.head();
            List<ProjectedVersion> versions = new ArrayList<>();
            List<String> leftOut = new ArrayList<>();
            head.models().forEach(model -> project(head, model, versions, leftOut));
            new ProjectedVersions(store).replace(head.commit(), versions);
            leftOut.forEach(each -> output.err().println("left out: " + each));
            output.print(
                    new Projected(head.commit(), versions.size(), leftOut),
                    "%s versions of commit %.10s in %s".formatted(versions.size(), head.commit(), store.described()));
            return leftOut.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void project(Revision head, ModelName model, List<ProjectedVersion> versions, List<String> leftOut) {
        List<Version> all = head.versions(model);
        head.expectReports(model, all);
        for (Version version : all) {
            try {
                versions.add(projected(head, model, version));
            } catch (InvalidDocumentException | RegistryException e) {
                leftOut.add("%s %s: %s".formatted(model, version, Reason.of(e)));
            }
        }
    }

    private static ProjectedVersion projected(Revision head, ModelName model, Version version) {
        Report report = head.report(model, version);
        Metrics metrics = report.challenger().metrics();
        Metric metric = head.definition(model).gate().metric();
        VersionRecord record = head.record(model, version);
        SortedMap<String, Double> byName = new TreeMap<>();
        for (Map.Entry<Metric, Double> each : metrics.known().entrySet()) {
            byName.put(each.getKey().toString(), each.getValue());
        }
        List<String> championIn = head.environments().stream()
                .filter(environment -> head.pin(environment, model)
                        .filter(pin -> pin.version().equals(version))
                        .isPresent())
                .map(Environment::value)
                .toList();
        return new ProjectedVersion(
                model,
                version,
                record.modelFile().digest(),
                record.modelFile().size(),
                head.provenance(model, version).trainedAt(),
                report.clock(),
                report.decision().verdict().toString(),
                metric.toString(),
                metrics.get(metric),
                byName,
                championIn);
    }
}

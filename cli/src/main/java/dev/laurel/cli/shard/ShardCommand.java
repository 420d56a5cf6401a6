package dev.laurel.cli.shard;

import dev.laurel.cli.common.Commands;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Errors;
import dev.laurel.definition.DatabaseAddress;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code laurel shard}. */
@Command(
        name = "shard",
        description = {
            "Prints what a cluster needs to run 'predict' or 'train' as shards: an Indexed Job of Kubernetes and one that puts the results together,"
                    + " or an Argo Workflow that does both in order.",
            "",
            "All pods see one volume at /work, in which files and trials are. docs/shards.md has the steps."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel shard --shards 50 -- predict iris --from /work/rows.csv --to /work/predictions.csv | kubectl apply -f -",
            "  laurel shard --shards 8 --form workflow -- train gold-change --cache /work/cache"
        })
public final class ShardCommand implements Callable<Integer> {
    private static final List<String> SHARED = List.of("predict", "train");

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @ParentCommand
    private @Nullable Commands commands;

    @Parameters(
            index = "0..*",
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The words of predict or train, after --.")
    private List<String> words = List.of();

    @Option(names = "--shards", paramLabel = "COUNT", required = true, description = "How many shards there are.")
    private int shards;

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "job",
            description = "job, cronjob or workflow (default: job).")
    private Form form = Form.JOB;

    @Option(
            names = "--schedule",
            paramLabel = "CRON",
            description = "When, in UTC, for a cronjob, or for a workflow that is to be a CronWorkflow.")
    private @Nullable String schedule;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the objects (default: <command>-<model>).")
    private @Nullable String name;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "ghcr.io/laurel-ml/laurel-trainer",
            description =
                    "The image of the trainer, which has the command line too (default: ghcr.io/laurel-ml/laurel-trainer).")
    private String image = "";

    @Option(
            names = "--claim",
            paramLabel = "NAME",
            defaultValue = "shards",
            description = "The PersistentVolumeClaim (ReadWriteMany) at /work (default: shards).")
    private String claim = "";

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description =
                    "A Secret whose key token is the token for the Git host, such as trainer-git (default: none).")
    private @Nullable String secret;

    @Option(
            names = "--parallelism",
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "How many run at once (default: 50).")
    private int parallelism;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        Expect.range("--parallelism", parallelism, 1, Integer.MAX_VALUE);
        Work work = work();
        Cluster cluster = new Cluster(
                name == null ? words.get(0) + "-" + words.get(1) : name,
                image,
                claim,
                laurel.repository().toString(),
                secret,
                parallelism);
        StringBuilder text = new StringBuilder();
        for (Object object : form.objects(work, cluster, schedule)) {
            text.append("---\n").append(new String(Yaml.write(object), StandardCharsets.UTF_8));
        }
        command.commandLine().getOut().print(text);
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private Work work() {
        String verb = words.get(0);
        Expect.that(SHARED.contains(verb), "command", verb, "one of " + String.join(", ", SHARED));
        Work plain = new Work(words, shards, null);
        List<String> asked = new ArrayList<>(plain.ofShard("0"));
        if (commands == null) {
            throw new InvalidValueException("command", verb, "one of laurel's");
        }
        // A wrong one is better known here than in fifty pods.
        ParseResult parsed = parsed(commands, asked.toArray(String[]::new));
        String to = parsed.matchedOptionValue("--to", "-");
        if (plain.isTraining()) {
            return plain;
        }
        Expect.that(!to.equals("-"), "--to", to, "a file below /work, or a database");
        return new Work(words, shards, DatabaseAddress.isOne(to) ? null : to);
    }

    private ParseResult parsed(Commands all, String[] line) {
        try {
            return all.line(line).parseArgs(line).subcommand();
        } catch (ParameterException e) {
            throw new ParameterException(command.commandLine(), Errors.usage(e), e);
        }
    }
}

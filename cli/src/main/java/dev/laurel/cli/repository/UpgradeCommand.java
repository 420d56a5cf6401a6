package dev.laurel.cli.repository;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.BuiltVersion;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Output;
import dev.laurel.forge.UpgradeRequest;
import dev.laurel.model.Environment;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.layout.kustomize.Sizes;
import dev.laurel.registry.layout.workflows.WorkflowFiles;
import dev.laurel.registry.outcome.Upgrade;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel upgrade}. */
@Command(
        name = "upgrade",
        description = {
            "Proposes what is Laurel's own, in one commit on a branch upgrade/<version>.",
            "That is base/ as a whole, the workflows and the schema of definitions where they stand, and overlays where a model has none. What stands"
                    + " in environments/ is left as it is.",
            "On a Git host with pull requests it asks for one; with --commit the commit goes to main at once."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel upgrade --dry-run",
            "  laurel upgrade --env staging --workflows",
            "  laurel upgrade --commit"
        })
public final class UpgradeCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "An environment whose server to lay down, where it has none; may be given more than once.")
    private List<Environment> environments = List.of();

    @Option(names = "--workflows", description = "Lay down the workflows that are missing in .github/ as well.")
    private boolean workflows;

    @Mixin
    private ServerFiles server = new ServerFiles();

    @Option(names = "--commit", description = "Put the commit on main, for people without review.")
    private boolean commit;

    @Option(names = "--dry-run", description = "Say what would change; write nothing.")
    private boolean dryRun;

    @Mixin
    private Output output = new Output();

    /**
     * The result as a program reads it: {@code commit} is absent where nothing was written, {@code branch} where it is not proposed, and
     * {@code request} where there is no Git host to ask.
     */
    record Upgraded(
            List<String> written,
            List<String> removed,
            @Nullable String commit,
            @Nullable String branch,
            @Nullable String request) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Upgrade upgrade = upgrade(registry, missing(registry));
            String branch = upgrade.branch();
            Optional<String> request = branch == null
                    ? Optional.empty()
                    : laurel.forge(registry)
                            .map(host -> UpgradeRequest.publish(host, upgrade, branch, BuiltVersion.version())
                                    .url());
            output.print(
                    new Upgraded(upgrade.written(), upgrade.removed(), upgrade.commit(), branch, request.orElse(null)),
                    text(upgrade, request));
            return CommandLine.ExitCode.OK;
        }
    }

    private Upgrade upgrade(Registry registry, SortedMap<String, byte[]> missing) {
        if (dryRun) {
            return registry.upgradable(missing);
        }
        return commit
                ? registry.upgrade(missing, BuiltVersion.version(), Authors.person())
                : registry.proposeUpgrade(missing, BuiltVersion.version(), Authors.person());
    }

    private SortedMap<String, byte[]> missing(Registry registry) {
        SortedMap<String, byte[]> files = workflows ? WorkflowFiles.all(List.of()) : new TreeMap<>();
        for (Environment environment : environments) {
            Sizes sizes = server.sizes() == null ? Sizes.of(environment) : server.sizes();
            String url = server.url(laurel.repository(), registry.addressInCluster());
            files.putAll(KustomizeFiles.server(environment, sizes, url));
            registry.head().models().forEach(model -> files.putAll(KustomizeFiles.besidePin(environment, model)));
        }
        return files;
    }

    private static String text(Upgrade upgrade, Optional<String> request) {
        if (upgrade.isEmpty()) {
            return "everything is as this Laurel has it";
        }
        StringJoiner text = new StringJoiner(System.lineSeparator());
        upgrade.written().forEach(path -> text.add("write   " + path));
        upgrade.removed().forEach(path -> text.add("remove  " + path));
        if (upgrade.commit() == null) {
            return text.add("nothing was written").toString();
        }
        if (upgrade.branch() == null) {
            return text.add("commit %.10s".formatted(upgrade.commit())).toString();
        }
        return text.add("proposed, branch %s, commit %.10s".formatted(upgrade.branch(), upgrade.commit()))
                .add(request.orElseGet(() ->
                        "in a clone: git pull && git merge --no-ff origin/%s && git push".formatted(upgrade.branch())))
                .toString();
    }
}

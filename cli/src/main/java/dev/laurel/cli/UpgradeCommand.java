package dev.laurel.cli;

import dev.laurel.model.Environment;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Upgrade;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.registry.kustomize.Sizes;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel upgrade}. */
@Command(
        name = "upgrade",
        description = {
            "Brings the files for clusters to those of this Laurel, in one commit: base/ as a whole,",
            "and overlays where a model has none. What stands in environments/ is left as it is."
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel upgrade --dry-run", "  laurel upgrade --env staging"})
final class UpgradeCommand implements Callable<Integer> {
    @ParentCommand
    private Main laurel = new Main();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "An environment whose server to lay down, where it has none; may be given more than once.")
    private List<Environment> environments = List.of();

    @Mixin
    private ServerFiles server = new ServerFiles();

    @Option(names = "--dry-run", description = "Say what would change; write nothing.")
    private boolean dryRun;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            SortedMap<String, byte[]> missing = missing(registry);
            Upgrade upgrade = dryRun
                    ? registry.upgradable(missing)
                    : registry.upgrade(missing, Main.BuiltVersion.version(), Authors.person());
            output.print(upgrade, text(upgrade));
            return CommandLine.ExitCode.OK;
        }
    }

    private SortedMap<String, byte[]> missing(Registry registry) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Environment environment : environments) {
            Sizes sizes = server.sizes() == null ? Sizes.of(environment) : server.sizes();
            files.putAll(KustomizeFiles.server(environment, sizes, server.url(laurel.repository())));
            registry.head()
                    .models()
                    .forEach(model -> files.put(
                            KustomizeFiles.overlayPath(environment, model),
                            KustomizeFiles.overlay(environment, model)));
        }
        return files;
    }

    private String text(Upgrade upgrade) {
        if (upgrade.isEmpty()) {
            return "everything is as this Laurel has it";
        }
        StringJoiner text = new StringJoiner(System.lineSeparator());
        upgrade.written().forEach(path -> text.add("write   " + path));
        upgrade.removed().forEach(path -> text.add("remove  " + path));
        return text.add(dryRun ? "nothing was written" : "commit %.10s".formatted(upgrade.commit()))
                .toString();
    }
}

package dev.laurel.cli.repository;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.output.Output;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.layout.kustomize.KustomizeFiles;
import dev.laurel.registry.layout.workflows.WorkflowFiles;
import dev.laurel.registry.outcome.Beginning;
import dev.laurel.registry.outcome.ForgeAddress;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel init}. */
@Command(
        name = "init",
        description = {
            "Lays down a models repository with the definitions that it begins with.",
            "Beside them stand the kustomize files that bring its pins to a cluster, and workflows for GitHub, Gitea or Forgejo.",
            "Takes an empty or missing folder, or an empty repository, bare on this disk or on a Git host."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel init --offline",
            "  laurel init --with iris,gold-change --data /srv/data",
            "  laurel init --env staging --env production --url https://git.example.com/team/models.git --forge gitlab --owner @team/leads"
        })
public final class InitCommand implements Callable<Integer> {
    private static final String BRANCH = "main";

    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Option(
            names = "--with",
            paramLabel = "NAME",
            split = ",",
            converter = Starter.NameConverter.class,
            defaultValue = Starter.DEFAULT,
            description = {
                "What it begins with: spy-direction, iris, airline-passengers, gold-change, damage-incidence or all",
                "(default: spy-direction)."
            })
    private List<String> models = List.of(Starter.DEFAULT);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--offline", description = "Take bundled rows; never ask the internet.")
    private boolean offline;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            defaultValue = "production",
            description = "An environment in a cluster; may be given more than once (default: production).")
    private List<Environment> environments = List.of();

    @Option(
            names = "--owner",
            paramLabel = "@NAME",
            description =
                    "Who has to look at changes of what runs, in .github/CODEOWNERS; may be given more than once.")
    private List<String> owners = List.of();

    @Option(
            names = "--forge",
            paramLabel = "KIND",
            description = {
                "Whose pull requests the Git host at --url has: github, gitlab or gitea, which is Forgejo as well",
                "(default: as the names of github.com, gitlab.com and codeberg.org say; elsewhere none are opened)."
            })
    private ForgeAddress.@Nullable Kind forge;

    @Mixin
    private ServerFiles server = new ServerFiles();

    @Mixin
    private Output output = new Output();

    record Initialised(String repository, String branch, String commit, List<ModelName> models, String source) {}

    @Override
    public Integer call() {
        Starter starter = Starter.choose(models, offline, data.folder());
        SortedMap<String, byte[]> files = KustomizeFiles.all(
                starter.definitions().keySet(), environments, server.sizes(), server.url(laurel.repository()));
        files.putAll(WorkflowFiles.all(checkedOwners()));
        Beginning beginning = new Beginning(starter.definitions(), files).withSchema();
        if (forge != null) {
            URI address = URI.create(server.url(laurel.repository()));
            beginning = beginning.on(ForgeAddress.of(forge, address));
        }
        try (Registry registry =
                Registry.create(laurel.repository(), CommonOptions.access(), beginning, Authors.person())) {
            String repository = laurel.repository().toString();
            String commit = registry.head().commit();
            output.print(
                    new Initialised(repository, BRANCH, commit, registry.head().models(), starter.source()),
                    "%s: made, commit %.10s%n%s%n%s".formatted(repository, commit, branch(), starter.source()));
            return CommandLine.ExitCode.OK;
        }
    }

    private String branch() {
        return laurel.repository() instanceof Location.Remote
                ? "the registry's branch is %s; let it be the default branch at the Git host too".formatted(BRANCH)
                : "the registry's branch is %s; HEAD names it".formatted(BRANCH);
    }

    private List<String> checkedOwners() {
        owners.forEach(owner -> Expect.that(
                owner.matches("@[A-Za-z0-9][A-Za-z0-9/._-]*"), "owner", owner, "@name or @organisation/team"));
        return owners;
    }
}

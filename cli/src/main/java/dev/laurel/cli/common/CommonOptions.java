package dev.laurel.cli.common;

import dev.laurel.forge.Forge;
import dev.laurel.forge.Forges;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before its name or after it, and what they lead to. */
public class CommonOptions {
    @Option(
            names = "--repo",
            scope = ScopeType.INHERIT,
            paramLabel = "WHERE",
            defaultValue = "${env:LAUREL_REPO:-.laurel/models.git}",
            description = {
                "The models repository: a folder, file://, https://, http:// or ssh:// (environment: LAUREL_REPO; default: .laurel/models.git)."
            })
    private Location repository = new Location.Folder(Path.of(""));

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            hidden = true,
            description = "Show where an error comes from (environment: LAUREL_DEBUG=1).")
    private boolean debug;

    public boolean debug() {
        return debug;
    }

    public Location repository() {
        return repository;
    }

    public Registry openRegistry() {
        return Registry.open(repository, access());
    }

    public static Access access() {
        return Access.of(System.getenv());
    }

    public PullRequests pullRequests(Registry registry) {
        return pullRequests(registry, repository);
    }

    public static PullRequests pullRequests(Registry registry, Location repository) {
        return new PullRequests(registry, () -> Forges.of(registry, repository, System.getenv()));
    }

    /** The Git host that has the pull requests, if any. */
    public Optional<Forge> forge(Registry registry) {
        return Forges.of(registry, repository, System.getenv());
    }
}

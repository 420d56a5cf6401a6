package dev.laurel.cli.repository;

import dev.laurel.git.host.Location;
import dev.laurel.model.Expect;
import dev.laurel.registry.kustomize.KustomizeFiles;
import dev.laurel.registry.kustomize.Sizes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the server of an environment in a cluster begins with. */
final class ServerFiles {
    @Option(
            names = "--sizes",
            paramLabel = "SIZES",
            description =
                    "How large the server of an environment begins: local, staging or production (default: by its name).")
    private @Nullable Sizes sizes;

    @Option(
            names = "--url",
            paramLabel = "ADDRESS",
            description = {
                "Where a cluster finds this repository",
                "(default: as the other environments say, else --repo where that is an address, else the Git host that the manifests bring along)."
            })
    private @Nullable String url;

    @Nullable
    Sizes sizes() {
        return sizes;
    }

    /** @param known where the environments that stand already find it */
    String url(Location repository, Optional<String> known) {
        return url == null && known.isPresent() ? known.get() : url(repository);
    }

    String url(Location repository) {
        if (url == null) {
            return repository instanceof Location.Remote remote
                    ? remote.toString()
                    : KustomizeFiles.REPOSITORY_IN_CLUSTER;
        }
        Expect.that(Location.parse(url) instanceof Location.Remote, "url", url, "https:// or ssh://");
        return url;
    }
}

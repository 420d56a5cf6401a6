package dev.laurel.forge;

import dev.laurel.registry.Upgrade;
import java.util.Optional;
import java.util.StringJoiner;

/** Asks people about a branch that brings what is Laurel's own to another Laurel. */
public final class UpgradeRequest {
    private UpgradeRequest() {}

    /**
     * Opens the request, or brings the open one up to date.
     *
     * @param upgrade what the branch does
     * @param laurel the version of the Laurel that has these files
     */
    public static PullRequest publish(Forge host, Upgrade upgrade, String branch, String laurel) {
        String title = "Upgrade what is Laurel's own to Laurel " + laurel;
        String body = body(upgrade);
        Optional<PullRequest> open = host.open().stream()
                .filter(request -> request.branch().equals(branch))
                .findFirst();
        if (open.isEmpty()) {
            return host.open(branch, title, body);
        }
        PullRequest request = open.get();
        return request.title().equals(title) && request.body().strip().equals(body.strip())
                ? request
                : host.update(request, title, body);
    }

    private static String body(Upgrade upgrade) {
        StringJoiner files = new StringJoiner("\n");
        upgrade.written().forEach(path -> files.add("    write   " + path));
        upgrade.removed().forEach(path -> files.add("    remove  " + path));
        return """
                The pods of every model are rendered from `base/`, so a merge rolls them all. `kubectl diff -k` on a clone of this branch shows what \
                would change in a cluster; `git revert` of the merge brings back what was.

                %s
                """.formatted(files);
    }
}

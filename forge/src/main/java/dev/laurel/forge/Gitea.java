package dev.laurel.forge;

import dev.laurel.registry.ForgeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gitea and Forgejo. */
final class Gitea implements Forge {
    private static final String PERMISSION = "the scopes 'write:repository' and 'write:issue'";

    private final PullsApi pulls;

    Gitea(ForgeAddress address, String token, Patience patience) {
        Map<String, String> headers = Map.of("Authorization", "token " + token, "Accept", "application/json");
        this.pulls = new PullsApi(
                new ForgeHttp(address.url() + "/api/v1", headers, PERMISSION, patience), address.repository());
    }

    @Override
    public List<PullRequest> open() {
        // Older ones do not know base_branch and list the requests into other branches as well, which have other names.
        return pulls.list("state=open&base_branch=main&limit=50");
    }

    @Override
    public Optional<PullRequest> decided(String branch) {
        // One of those from that branch, whichever state it has: there is no list by branch.
        return pulls.find("/main/" + branch).filter(pull -> pull.state() != PullRequest.State.OPEN);
    }

    @Override
    public PullRequest open(String branch, String title, String body) {
        return pulls.open(branch, title, body);
    }

    @Override
    public PullRequest update(PullRequest request, String title, String body) {
        return pulls.update(request, title, body);
    }

    @Override
    public void close(PullRequest request, String comment) {
        pulls.close(request, comment);
    }
}

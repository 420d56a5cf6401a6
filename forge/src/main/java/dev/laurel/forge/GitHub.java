package dev.laurel.forge;

import dev.laurel.registry.ForgeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitHub, in the cloud or on a server of one's own. */
final class GitHub implements Forge {
    private static final String PERMISSION =
            "'Pull requests: read and write' as a fine-grained token, or the scope 'repo' as a classic one";

    private final PullsApi pulls;
    private final String owner;

    GitHub(ForgeAddress address, String token, Patience patience) {
        String api = address.host().equals("github.com") ? "https://api.github.com" : address.url() + "/api/v3";
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + token,
                "Accept", "application/vnd.github+json",
                "X-GitHub-Api-Version", "2022-11-28");
        this.pulls = new PullsApi(new ForgeHttp(api, headers, PERMISSION, patience), address.repository());
        this.owner = address.repository().substring(0, address.repository().indexOf('/'));
    }

    @Override
    public List<PullRequest> open() {
        return pulls.list("state=open&base=main&per_page=100");
    }

    @Override
    public Optional<PullRequest> decided(String branch) {
        return pulls
                .list("state=closed&base=main&head=%s:%s&sort=created&direction=desc&per_page=100"
                        .formatted(owner, branch))
                .stream()
                .findFirst();
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

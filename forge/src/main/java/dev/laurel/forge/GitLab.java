package dev.laurel.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.forge.PullRequest.State;
import dev.laurel.registry.ForgeAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitLab, where a pull request is called merge request. */
final class GitLab implements Forge {
    private static final String PERMISSION = "the scope 'api' and the role Developer";

    private final ForgeHttp http;
    private final String requests;

    GitLab(ForgeAddress address, String token, Patience patience) {
        this.http = new ForgeHttp(
                address.url() + "/api/v4",
                Map.of("Authorization", "Bearer " + token, "Accept", "application/json"),
                PERMISSION,
                patience);
        this.requests = "/projects/%s/merge_requests"
                .formatted(URLEncoder.encode(address.repository(), StandardCharsets.UTF_8));
    }

    @Override
    public List<PullRequest> open() {
        return list("state=opened&target_branch=main&per_page=100");
    }

    @Override
    public Optional<PullRequest> decided(String branch) {
        return list("state=all&target_branch=main&source_branch=%s&order_by=created_at&sort=desc&per_page=100"
                        .formatted(URLEncoder.encode(branch, StandardCharsets.UTF_8)))
                .stream()
                .filter(request -> request.state() != State.OPEN)
                .findFirst();
    }

    private List<PullRequest> list(String query) {
        return http.list(requests, query).stream()
                .filter(request -> request.path("source_project_id").asLong()
                        == request.path("target_project_id").asLong())
                .map(GitLab::read)
                .toList();
    }

    @Override
    public PullRequest open(String branch, String title, String body) {
        return read(http.send(
                "POST",
                requests,
                Map.of(
                        "source_branch", branch,
                        "target_branch", "main",
                        "title", title,
                        "description", body,
                        "remove_source_branch", true)));
    }

    @Override
    public PullRequest update(PullRequest request, String title, String body) {
        return read(http.send("PUT", path(request), Map.of("title", title, "description", body)));
    }

    @Override
    public void close(PullRequest request, String comment) {
        http.send("POST", path(request) + "/notes", Map.of("body", comment));
        http.send("PUT", path(request), Map.of("state_event", "close"));
    }

    private String path(PullRequest request) {
        return requests + "/" + request.number();
    }

    private static PullRequest read(JsonNode request) {
        String state = request.path("state").asText();
        return new PullRequest(
                request.path("iid").asLong(),
                request.path("web_url").asText(),
                request.path("source_branch").asText(),
                state.equals("merged") ? State.MERGED : state.equals("closed") ? State.CLOSED : State.OPEN,
                request.path("title").asText(""),
                request.path("description").asText(""));
    }
}

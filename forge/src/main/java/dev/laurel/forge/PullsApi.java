package dev.laurel.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.forge.PullRequest.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What GitHub's interface and Gitea's have in common. */
final class PullsApi {
    private final ForgeHttp http;
    private final String repository;

    PullsApi(ForgeHttp http, String repository) {
        this.http = http;
        this.repository = repository;
    }

    List<PullRequest> list(String query) {
        return http.list(pulls(), query).stream()
                .flatMap(pull -> read(pull).stream())
                .toList();
    }

    Optional<PullRequest> find(String path) {
        return http.find(pulls() + path).flatMap(this::read);
    }

    PullRequest open(String branch, String title, String body) {
        return written(
                http.send("POST", pulls(), Map.of("head", branch, "base", "main", "title", title, "body", body)));
    }

    PullRequest update(PullRequest request, String title, String body) {
        return written(http.send("PATCH", pull(request), Map.of("title", title, "body", body)));
    }

    void close(PullRequest request, String comment) {
        http.send(
                "POST",
                "/repos/%s/issues/%s/comments".formatted(repository, request.number()),
                Map.of("body", comment));
        http.send("PATCH", pull(request), Map.of("state", "closed"));
    }

    private String pulls() {
        return "/repos/%s/pulls".formatted(repository);
    }

    private String pull(PullRequest request) {
        return pulls() + "/" + request.number();
    }

    private PullRequest written(JsonNode pull) {
        return read(pull)
                .orElseThrow(() -> new ForgeException(repository + ": the host answered with another repository's"
                        + " pull request (expected: one from a branch of this one)"));
    }

    /** Empty where it comes from another repository. */
    private Optional<PullRequest> read(JsonNode pull) {
        JsonNode head = pull.path("head");
        if (!head.path("repo").path("full_name").asText().equalsIgnoreCase(repository)) {
            return Optional.empty();
        }
        boolean merged =
                pull.path("merged").asBoolean() || pull.path("merged_at").isTextual();
        return Optional.of(new PullRequest(
                pull.path("number").asLong(),
                pull.path("html_url").asText(),
                head.path("ref").asText(),
                merged ? State.MERGED : pull.path("state").asText().equals("open") ? State.OPEN : State.CLOSED,
                pull.path("title").asText(""),
                pull.path("body").isTextual() ? pull.path("body").asText() : ""));
    }
}

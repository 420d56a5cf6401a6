package dev.laurel.forge;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.laurel.registry.ForgeAddress;
import dev.laurel.registry.ForgeAddress.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pull requests of {@code desk/models} on a Git host, as far as Laurel asks for them; speaks what GitHub, GitLab or Gitea speak. */
public final class HostStub implements AutoCloseable {
    static final String REPOSITORY = "desk/models";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PULL = Pattern.compile("/(?:pulls|issues|merge_requests)/([0-9]+)(/comments|/notes)?");
    private static final Pattern BY_HEAD = Pattern.compile("/pulls/main/(.+)");

    final Kind kind;
    public final WireMockServer server;
    public final List<Request> requests = new ArrayList<>();
    /** How many there are on a page; the hosts' own limit is far above what a test wants. */
    int page = 2;

    /** Whether it says what its stub mappings say instead. */
    public boolean answersNothing;

    /** Whether it has an error of its own in place of each new request. */
    public boolean refusesToOpen;

    /** A pull request as the host knows it. */
    public static final class Request {
        public final int number;
        public final String branch;
        public String state = "open";
        public String title;
        public String body;
        public boolean fork;
        public final List<String> comments = new ArrayList<>();

        Request(int number, String branch, String title, String body) {
            this.number = number;
            this.branch = branch;
            this.title = title;
            this.body = body;
        }

        @Override
        public String toString() {
            return "#%d %s %s".formatted(number, branch, state);
        }
    }

    public HostStub(Kind kind) {
        this.kind = kind;
        this.server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .extensions(new Answers()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(ok()));
    }

    ForgeAddress address() {
        return new ForgeAddress(kind, server.baseUrl(), REPOSITORY);
    }

    /** What is under test, with a token that this host accepts. */
    public Forge forge() {
        return Forges.of(address(), "s3cret", time -> {});
    }

    public Request add(String branch) {
        Request request = new Request(requests.size() + 1, branch, "By hand", "");
        requests.add(request);
        return request;
    }

    /** What was asked for, {@code POST /repos/...}, without queries. */
    public List<String> written() {
        return server.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request -> !request.getMethod().isOneOf(RequestMethod.GET))
                .map(request -> request.getMethod() + " " + request.getUrl())
                .toList();
    }

    public void forgetWritten() {
        server.resetRequests();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Answers implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "host";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            if (answersNothing) {
                return event.getResponseDefinition();
            }
            var request = event.getRequest();
            String path = URLDecoder.decode(request.getUrl().replaceAll("\\?.*", ""), StandardCharsets.UTF_8);
            String expected = kind == Kind.GITEA ? "token s3cret" : "Bearer s3cret";
            if (!expected.equals(request.getHeader("Authorization"))) {
                return json(401, "{\"message\": \"Bad credentials\"}").build();
            }
            String root = switch (kind) {
                case GITHUB -> "/api/v3/repos/desk/models";
                case GITLAB -> "/api/v4/projects/desk/models";
                case GITEA -> "/api/v1/repos/desk/models";
            };
            if (!path.startsWith(root)) {
                return json(404, "{\"message\": \"Not Found\"}").build();
            }
            return answer(event, path.substring(root.length())).build();
        }

        private ResponseDefinitionBuilder answer(ServeEvent event, String path) {
            String method = event.getRequest().getMethod().getName();
            if (method.equals("GET")) {
                Matcher head = BY_HEAD.matcher(path);
                return head.matches() ? byHead(head.group(1)) : list(event);
            }
            JsonNode sent = parse(event.getRequest().getBodyAsString());
            Matcher pull = PULL.matcher(path);
            if (!pull.matches()) {
                return open(sent);
            }
            Request request = requests.get(Integer.parseInt(pull.group(1)) - 1);
            if (pull.group(2) != null) {
                request.comments.add(sent.path("body").asText());
                return json(201, "{\"id\": 1}");
            }
            request.title = sent.path("title").asText(request.title);
            request.body =
                    sent.path(kind == Kind.GITLAB ? "description" : "body").asText(request.body);
            if (sent.path("state").asText().equals("closed")
                    || sent.path("state_event").asText().equals("close")) {
                request.state = "closed";
            }
            return json(200, shown(request).toString());
        }

        private ResponseDefinitionBuilder open(JsonNode sent) {
            if (refusesToOpen) {
                return json(500, "{\"message\": \"out of order\"}");
            }
            boolean gitLab = kind == Kind.GITLAB;
            Request request = add(sent.path(gitLab ? "source_branch" : "head").asText());
            request.title = sent.path("title").asText();
            request.body = sent.path(gitLab ? "description" : "body").asText();
            return sent.path(gitLab ? "target_branch" : "base").asText().equals("main")
                    ? json(201, shown(request).toString())
                    : json(422, "{\"message\": \"Validation Failed\"}");
        }

        /** Gitea gives one of them, not the newest. */
        private ResponseDefinitionBuilder byHead(String branch) {
            return requests.stream()
                    .filter(request -> request.branch.equals(branch))
                    .findFirst()
                    .map(request -> json(200, shown(request).toString()))
                    .orElse(json(404, "{\"message\": \"The target couldn't be found.\"}"));
        }

        private ResponseDefinitionBuilder list(ServeEvent event) {
            String state = query(event, "state", "open");
            String branch = kind == Kind.GITLAB
                    ? query(event, "source_branch", "")
                    : query(event, "head", "").replaceFirst("^desk:", "");
            List<JsonNode> found = requests.stream()
                    .sorted(Comparator.comparing((Request request) -> request.number)
                            .reversed())
                    .filter(request -> state.equals("all") || request.state.equals("open") == state.startsWith("open"))
                    .filter(request -> branch.isEmpty() || request.branch.equals(branch))
                    .<JsonNode>map(this::shown)
                    .toList();
            int number = Integer.parseInt(query(event, "page", "1"));
            int from = Math.min((number - 1) * page, found.size());
            int to = Math.min(from + page, found.size());
            ResponseDefinitionBuilder answer =
                    json(200, JSON.valueToTree(found.subList(from, to)).toString());
            String url = event.getRequest().getAbsoluteUrl().replaceAll("&page=[0-9]+", "");
            return to < found.size()
                    ? answer.withHeader(
                            "Link",
                            "<%s&page=%d>; rel=\"next\", <%s&page=9>; rel=\"last\"".formatted(url, number + 1, url))
                    : answer;
        }

        private String query(ServeEvent event, String name, String otherwise) {
            var parameter = event.getRequest().getQueryParams().get(name);
            return parameter == null ? otherwise : parameter.firstValue();
        }

        private ObjectNode shown(Request request) {
            ObjectNode json = JSON.createObjectNode();
            boolean merged = request.state.equals("merged");
            if (kind == Kind.GITLAB) {
                json.put("id", 1000 + request.number)
                        .put("iid", request.number)
                        .put("project_id", 7)
                        .put("title", request.title)
                        .put("description", request.body)
                        .put("state", request.state.equals("open") ? "opened" : request.state)
                        .put("source_branch", request.branch)
                        .put("target_branch", "main")
                        .put("source_project_id", request.fork ? 8 : 7)
                        .put("target_project_id", 7)
                        .put("web_url", server.baseUrl() + "/desk/models/-/merge_requests/" + request.number);
                return json;
            }
            json.put("id", 1000 + request.number)
                    .put("number", request.number)
                    .put("state", merged ? "closed" : request.state)
                    .put("title", request.title)
                    .put("html_url", server.baseUrl() + "/desk/models/pulls/" + request.number)
                    .put("merged_at", merged ? "2026-11-21T10:15:30Z" : null);
            // GitHub tells an empty body as null.
            json.put("body", request.body.isEmpty() && kind == Kind.GITHUB ? null : request.body);
            if (kind == Kind.GITEA) {
                json.put("merged", merged);
            }
            json.putObject("head")
                    .put("label", request.branch)
                    .put("ref", request.branch)
                    .put("sha", "6dcb09b5b57875f334f61aebed695e2e4193db5e")
                    .putObject("repo")
                    .put("full_name", request.fork ? "mallory/models" : "desk/models");
            json.putObject("base").put("ref", "main").putObject("repo").put("full_name", "desk/models");
            return json;
        }

        private ResponseDefinitionBuilder json(int status, String body) {
            return ResponseDefinitionBuilder.responseDefinition()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json; charset=utf-8")
                    .withBody(body);
        }

        private JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package dev.laurel.forge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForgeHttpTest {
    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final List<Duration> pauses = new ArrayList<>();
    private ForgeHttp http;

    @BeforeEach
    void start() {
        server.start();
        http = new ForgeHttp(
                server.baseUrl() + "/api", Map.of("Authorization", "Bearer s3cret"), "the scope 'api'", pauses::add);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void first(ResponseDefinitionBuilder answer, ResponseDefinitionBuilder then) {
        server.stubFor(any(anyUrl()).inScenario("busy").willReturn(answer).willSetStateTo("again"));
        server.stubFor(
                any(anyUrl()).inScenario("busy").whenScenarioStateIs("again").willReturn(then));
    }

    private void always(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }

    private int asked() {
        return server.countRequestsMatching(anyRequestedFor(anyUrl()).build()).getCount();
    }

    private String host() {
        return "localhost:" + server.port();
    }

    @Test
    void waitsAsLongAsTheHostAsksFor() {
        first(aResponse().withStatus(429).withHeader("Retry-After", "7"), okJson("{\"number\": 1}"));

        assertThat(http.send("POST", "/pulls", Map.of()).path("number").asInt()).isEqualTo(1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void takesARateLimitForWhatItIs() {
        long reset = System.currentTimeMillis() / 1000 + 20;
        first(
                aResponse()
                        .withStatus(403)
                        .withHeader("X-RateLimit-Remaining", "0")
                        .withHeader("X-RateLimit-Reset", Long.toString(reset)),
                okJson("[]"));

        assertThat(http.list("/pulls", "state=open")).isEmpty();
        assertThat(pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20)));
    }

    @Test
    void doesNotWaitForHours() {
        always(aResponse().withStatus(429).withHeader("Retry-After", "3600"));

        assertThatThrownBy(() -> http.list("/pulls", "state=open"))
                .isInstanceOf(ForgeException.class)
                .hasMessage(host() + ": GET /pulls?state=open: 429, and asks to wait 3600 s (try again then)");
        assertThat(pauses).isEmpty();
    }

    @Test
    void givesUpAfterFourTriesThatTakeLongerEachTime() {
        always(aResponse().withStatus(502));

        assertThatThrownBy(() -> http.send("PATCH", "/pulls/1", Map.of()))
                .hasMessage(host() + ": PATCH /pulls/1: 502 (the host is in trouble: try again later)");
        assertThat(asked()).isEqualTo(4);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void doesNotOpenTwiceAfterAnErrorOfTheHost() {
        always(aResponse().withStatus(502));

        assertThatThrownBy(() -> http.send("POST", "/pulls", Map.of())).isInstanceOf(ForgeException.class);
        assertThat(asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"message": "Bad credentials"}                              | 401 Bad credentials (the token is not accepted: make a new one, the scope 'api')
            403 | {"message": "Resource not accessible by personal access token"} | 403 Resource not accessible by personal access token (the token lacks permission to open pull requests: it needs the scope 'api')
            404 | {"message": "404 Project Not Found"}                        | 404 404 Project Not Found (no such repository, or none that the token may see: it needs the scope 'api'; see forge.repository in laurel.yaml)
            409 | {"message": ["Another open merge request already exists"]}  | 409 ["Another open merge request already exists"]
            422 | {"message": "Validation Failed", "errors": [{"message": "No commits between main and v7"}]} | 422 Validation Failed; No commits between main and v7
            400 | <html>                                                      | 400
            """)
    void saysWhatTheHostSaidAndWhatToDo(int status, String body, String message) {
        always(aResponse().withStatus(status).withBody(body));

        assertThatThrownBy(() -> http.send("POST", "/pulls", Map.of()))
                .hasMessage(host() + ": POST /pulls: " + message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void followsNoRedirect() {
        WireMockServer other =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        other.start();
        try {
            always(aResponse().withStatus(301).withHeader("Location", other.baseUrl() + "/api/pulls"));

            assertThatThrownBy(() -> http.list("/pulls", "state=open"))
                    .hasMessageContaining("301 (moved, and a token follows nobody: set forge.url");
            other.verify(0, anyRequestedFor(anyUrl()));
        } finally {
            other.stop();
        }
    }

    @Test
    void takesOnlyTheQueryOfTheNextPage() {
        server.stubFor(
                get(urlEqualTo("/api/pulls?state=open"))
                        .willReturn(
                                okJson("[1]")
                                        .withHeader(
                                                "Link",
                                                "<https://evil.example/x?page=1>; rel=\"prev\", <https://evil.example/x?state=open&page=2>; rel=\"next\"")));
        server.stubFor(get(urlEqualTo("/api/pulls?state=open&page=2"))
                .withHeader("Authorization", equalTo("Bearer s3cret"))
                .willReturn(okJson("[2]")));

        assertThat(http.list("/pulls", "state=open")).hasToString("[1, 2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Welcome</html>", "", "7"})
    void noticesWhatIsNoSuchInterface(String body) {
        always(aResponse().withStatus(200).withBody(body));

        assertThatThrownBy(() -> http.list("/pulls", "state=open"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("(is forge.url in laurel.yaml right?)");
    }

    @Test
    void saysThatNobodyAnswers() {
        server.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

        assertThatThrownBy(() -> http.send("POST", "/pulls", Map.of("body", "verdict")))
                .isInstanceOf(ForgeException.class)
                .hasMessageStartingWith(host() + ": POST /pulls: no answer: ")
                .hasMessageNotContaining("s3cret");
    }
}

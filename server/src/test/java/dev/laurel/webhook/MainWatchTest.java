package dev.laurel.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.Author;
import dev.laurel.registry.Draft;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What Argo CD's {@code /api/webhook} gets to hear. Long since each way to move {@code main}, and each answer of Argo CD, is a test of its
 * own.
 */
class MainWatchTest {
    private static final ModelName SPY = new ModelName("spy-direction");
    private static final Environment PRODUCTION = new Environment("production");
    private static final Author ALICE = new Author("Alice", "alice@laurel.example");
    private static final String NONE = "0".repeat(40);
    private static final String PATH = "/api/webhook";

    private final WireMockServer argoCd =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    private final Logger logger = (Logger) LoggerFactory.getLogger(MainWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<DeliveryOutcome> answers = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    Registry registry;
    MainWatch watch;

    @BeforeEach
    void start() throws IOException {
        argoCd.start();
        argoCd.stubFor(post(PATH).willReturn(ok()));
        try (InputStream definition = getClass().getResourceAsStream("/spy-direction.yaml")) {
            registry = Registry.create(
                    folder.resolve("models.git"),
                    new TreeMap<>(Map.of(SPY, Objects.requireNonNull(definition).readAllBytes())),
                    ALICE);
        }
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.close();
        }
        registry.close();
        argoCd.stop();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private MainWatch watching(String secret) {
        watch = new MainWatch(
                registry,
                new WebhookTarget(
                        URI.create(argoCd.baseUrl() + PATH),
                        URI.create("https://git.example.com:8443/laurel/models.git"),
                        secret),
                answers::add,
                Duration.ofMillis(1));
        watch.start();
        return watch;
    }

    private String head() {
        return registry.head().commit();
    }

    private int registered;

    private void register(Registry to) {
        to.register(new BytesDraft("model file %d".formatted(++registered)), ALICE);
    }

    /** The requests, oldest first. */
    private List<LoggedRequest> requests() {
        List<LoggedRequest> requests = new ArrayList<>(
                argoCd.getAllServeEvents().stream().map(ServeEvent::getRequest).toList());
        Collections.reverse(requests);
        return requests;
    }

    private static JsonNode body(LoggedRequest request) {
        try {
            return new ObjectMapper().readTree(request.getBody());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode newest() {
        List<LoggedRequest> requests = requests();
        return body(requests.get(requests.size() - 1));
    }

    private void awaitTold(String commit) {
        await().until(() -> commit.equals(watch.state().told()));
    }

    private void first(ResponseDefinitionBuilder... then) {
        String state = "Started";
        for (int i = 0; i < then.length; i++) {
            argoCd.stubFor(post(PATH)
                    .inScenario("answers")
                    .whenScenarioStateIs(state)
                    .willReturn(then[i])
                    .willSetStateTo("after " + i));
            state = "after " + i;
        }
    }

    @Test
    void aPromotionIsAPushEventOfGitHub() throws IOException {
        register(registry);
        String before = head();
        watching(null);
        awaitTold(before);
        registry.promote(PRODUCTION, SPY, new Version(1), "asked for", ALICE);
        awaitTold(head());

        LoggedRequest request = requests().get(1);
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeader("X-GitHub-Event")).isEqualTo("push");
        assertThat(request.getHeader("X-GitHub-Delivery")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        // Argo CD looks for the headers of other hosts first.
        assertThat(request.getHeaders().keys())
                .noneMatch(name -> name.matches("(?i)X-(Vss-Activityid|Gogs-Event|Gitlab-Event|Hook-UUID|Event-Key)"));
        String text = new ObjectMapper().readTree(request.getBody()).toPrettyString() + "\n";
        assertThat(text.replace(before, "<before>")
                        .replace(head(), "<after>")
                        .replaceFirst("\"timestamp\" : \"[0-9TZ:-]+\"", "\"timestamp\" : \"<time>\""))
                .isEqualToNormalizingNewlines(golden("push-event.json"));
    }

    private static String golden(String file) throws IOException {
        try (InputStream in = MainWatchTest.class.getResourceAsStream("/golden/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        }
    }

    @Test
    void theFirstDeliveryHasArgoCdLookAtEverything() {
        watching(null);
        awaitTold(head());

        assertThat(newest().path("before").asText()).isEqualTo(NONE);
        assertThat(newest().path("commits")).isEmpty();
        assertThat(answers).containsExactly(new DeliveryOutcome.Accepted());
    }

    @Test
    void signsTheVeryBytesThatItSends() throws Exception {
        watching("s3cret");
        awaitTold(head());
        LoggedRequest request = requests().get(0);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));

        assertThat(request.getHeader("X-Hub-Signature-256"))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(request.getBody())));
        assertThat(request.getBodyAsString()).doesNotContain("s3cret");
        assertThat(watch.state().toString()).doesNotContain("s3cret");
    }

    @Test
    void withoutASecretNothingIsSigned() {
        watching(null);
        awaitTold(head());

        assertThat(requests().get(0).containsHeader("X-Hub-Signature-256")).isFalse();
    }

    @Test
    void movesThatComeDuringADeliveryMakeOne() {
        first(ok().withFixedDelay(1500));
        String begin = head();
        watching(null);
        await().until(() -> !requests().isEmpty());
        register(registry);
        register(registry);
        register(registry);
        awaitTold(head());

        assertThat(requests()).hasSize(2);
        assertThat(newest().path("before").asText()).isEqualTo(begin);
        assertThat(newest().at("/commits/0/added").toString())
                .contains("versions/00/v1/version.yaml", "versions/00/v2/version.yaml", "versions/00/v3/version.yaml");
    }

    @Test
    void tellsOfAMoveByAnotherProcess() {
        watching(null);
        awaitTold(head());
        try (Registry other = Registry.open(folder.resolve("models.git"))) {
            register(other);
        }

        awaitTold(head());
        assertThat(newest().at("/commits/0/message").asText()).isEqualTo("Register spy-direction v1");
    }

    @Test
    void aDeliveryThatFailedIsTriedAgainAsTheSame() {
        first(
                aResponse().withStatus(503),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withStatus(429));
        watching("s3cret");
        awaitTold(head());

        assertThat(requests()).hasSize(4);
        assertThat(requests())
                .extracting(LoggedRequest::getBodyAsString)
                .containsOnly(requests().get(0).getBodyAsString());
        assertThat(requests())
                .extracting(request -> request.getHeader("X-GitHub-Delivery"))
                .containsOnly(requests().get(0).getHeader("X-GitHub-Delivery"));
        assertThat(answers).hasSize(4).last().isEqualTo(new DeliveryOutcome.Accepted());
        assertThat(watch.state().problem()).isNull();
    }

    @Test
    void whatWasGivenUpIsOneLineAndIsToldWithTheNextMove() {
        watching(null);
        String told = head();
        awaitTold(told);
        argoCd.stubFor(post(PATH).willReturn(aResponse().withStatus(503).withBody("Queue\nis full")));
        register(registry);
        String lost = head();
        await().until(() -> answers.size() == 1 + MainWatch.MOST_TRIES);
        await().until(() -> !log.list.isEmpty());

        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage())
                    .isEqualTo(
                            "Argo CD was not told that main is at " + lost.substring(0, 10)
                                    + ": 503 Queue is full; it will find out when it looks by itself, or with the next move of main");
        });
        assertThat(watch.state().told()).isEqualTo(told);
        assertThat(watch.state().problem()).isEqualTo("503 Queue is full");

        argoCd.stubFor(post(PATH).willReturn(ok()));
        register(registry);
        awaitTold(head());
        assertThat(newest().path("before").asText()).isEqualTo(told);
        assertThat(newest().at("/commits/0/added").toString()).contains("/v1/version.yaml", "/v2/version.yaml");
        assertThat(watch.state().problem()).isNull();
    }

    @Test
    void whatIsRefusedIsNotTriedAgain() {
        argoCd.stubFor(post(PATH)
                .willReturn(
                        aResponse().withStatus(400).withBody("Webhook processing failed: HMAC verification failed")));
        watching("another");
        await().until(() -> !log.list.isEmpty());
        register(registry);
        await().until(() -> log.list.size() == 2);

        assertThat(requests()).hasSize(2);
        assertThat(watch.state().problem())
                .isEqualTo("400 Webhook processing failed: HMAC verification failed"
                        + " (is the secret that of webhook.github.secret in Argo CD's argocd-secret?)");
    }

    @Test
    void anAddressThatMovedIsSaid() {
        argoCd.stubFor(post(PATH)
                .willReturn(aResponse().withStatus(307).withHeader("Location", "https://argocd.example.com" + PATH)));
        watching(null);
        await().until(() -> watch.state().problem() != null);

        assertThat(watch.state().problem())
                .isEqualTo("307 (moved: name the address https://argocd.example.com/api/webhook)");
    }

    @Test
    void tellsOfWhatWasMovedAtTheVeryEnd() {
        watching(null);
        awaitTold(head());
        register(registry);
        watch.close();

        assertThat(newest().path("after").asText()).isEqualTo(head());
    }

    @Test
    void atTheEndItSaysWhatArgoCdDoesNotKnow() {
        watching(null);
        awaitTold(head());
        argoCd.stop();
        register(registry);
        watch.close();

        assertThat(log.list).singleElement().asString().contains("Argo CD was not told that main is at");
    }

    /** A candidate that nobody serves here. */
    private record BytesDraft(String text) implements Draft {
        @Override
        public ModelName model() {
            return SPY;
        }

        @Override
        public byte[] modelFile() {
            return text.getBytes(UTF_8);
        }

        @Override
        public byte[] data() {
            return null;
        }

        @Override
        public SortedMap<String, byte[]> documents(Version version) {
            return new TreeMap<>();
        }

        @Override
        public String summary() {
            return "for a test";
        }
    }
}

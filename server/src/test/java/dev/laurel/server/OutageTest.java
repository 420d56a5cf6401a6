package dev.laurel.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import dev.laurel.git.serve.ServerAccess;
import dev.laurel.model.Pin;
import dev.laurel.registry.RegistryHttp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Git host is away, and pods start all the same. */
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    Showcase showcase;
    Pin pin;
    Path pinFile;
    String repository;
    byte[] bytes;
    final WireMockServer mirror =
            new WireMockServer(options().dynamicPort().useChunkedTransferEncoding(ChunkedEncodingPolicy.NEVER));

    @BeforeEach
    void serveTheRepository() throws Exception {
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.serving(new RegistryHttp(showcase.registry, ServerAccess.open()).servlets());
        pin = showcase.registry.head().pin(Showcase.PRODUCTION, Showcase.SPY).orElseThrow();
        pinFile = MountedPin.in(folder.resolve("etc/laurel"), pin).file();
        repository = showcase.uri("/git/models.git").toString();
        bytes = Files.readAllBytes(showcase.lfsObject(pin.digest()));
        mirror.start();
    }

    @AfterEach
    void close() {
        mirror.stop();
        showcase.close();
    }

    private Pod pod(String name, Map<String, String> environment) {
        return Pod.start(folder.resolve(name), pinFile, repository, environment);
    }

    private void hostGoesAway() {
        showcase.server().close();
    }

    private static void awaitReady(Pod pod) {
        await().atMost(LONG).until(pod::isReady);
    }

    @Test
    void aPodWithoutAnySourceIsAliveAndSaysWhyItIsNotReady() {
        hostGoesAway();
        try (Pod pod = pod("first", Map.of())) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(pod.get("/readyz").body())
                            .contains("spy-direction v1: " + repository, "connection failed"));
            assertThat(pod.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(pod.get("/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aPodWhoseBytesAreInItsCacheAsksNobody() {
        try (Pod pod = pod("first", Map.of())) {
            awaitReady(pod);
        }
        hostGoesAway();
        try (Pod pod = pod("first", Map.of("LAUREL_SIGNED", "false"))) {
            await().atMost(Duration.ofSeconds(3)).until(pod::isReady);
            assertThat(pod.get("/metrics").body())
                    .contains("laurel_bytes_fetches_total{outcome=\"verified\",source=\"cache\"} 1.0")
                    .doesNotContain("source=\"git\"");
        }
    }

    @Test
    void aSecondPodHasItsBytesFromTheFirst() {
        try (Pod first = pod("first", Map.of())) {
            awaitReady(first);
            String sibling = first.share();
            hostGoesAway();
            try (Pod second = pod("second", Map.of("LAUREL_SIBLINGS", sibling))) {
                awaitReady(second);
                assertThat(second.get("/metrics").body())
                        .contains("laurel_bytes_fetches_total{outcome=\"verified\",source=\"sibling\"} 1.0");
            }
            String digest = pin.digest().hex();
            assertThat(first.get(URI.create("http://" + sibling + "/bytes/" + digest))
                            .statusCode())
                    .isEqualTo(200);
            for (String path : new String[] {
                "/", "/readyz", "/bytes/", "/bytes/" + pin.record().hex(), "/bytes/../" + digest, "/metrics"
            }) {
                assertThat(first.get(URI.create("http://" + sibling + path)).statusCode())
                        .as(path)
                        .isIn(400, 404);
            }
        }
    }

    @Test
    void withoutASiblingAMirrorWillDo() {
        mirror.stubFor(get(urlEqualTo("/models/" + pin.digest().hex()))
                .willReturn(aResponse().withBody(bytes)));
        hostGoesAway();
        try (Pod pod = pod("first", Map.of("LAUREL_SIBLINGS", "127.0.0.1:1", "LAUREL_BYTES", mirror.url("/models")))) {
            awaitReady(pod);
            assertThat(pod.get("/metrics").body())
                    .contains(
                            "laurel_bytes_fetches_total{outcome=\"unreachable\",source=\"sibling\"} 1.0",
                            "laurel_bytes_fetches_total{outcome=\"verified\",source=\"mirror\"} 1.0");
        }
    }

    /** As an object store checks it: the signature of the very request, with the secret that it knows. */
    @Test
    void aMirrorInABucketIsAskedWithASignature() {
        String path = "/bucket/models/" + pin.digest().hex();
        mirror.stubFor(get(urlEqualTo(path))
                .andMatching(request -> MatchResult.of(SignatureOfS3.isValid(request, "the secret")))
                .willReturn(aResponse().withBody(bytes)));
        hostGoesAway();
        Map<String, String> bucket = Map.of(
                "LAUREL_BYTES", "s3://bucket/models",
                "AWS_ENDPOINT_URL_S3", mirror.baseUrl(),
                "AWS_ACCESS_KEY_ID", "the-key",
                "AWS_REGION", "eu-west-1");
        try (Pod pod = pod("first", with(bucket, "AWS_SECRET_ACCESS_KEY", "another secret"))) {
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(pod.get("/readyz").body()).contains("mirror s3://bucket/models: has none"));
        }
        try (Pod pod = pod("second", with(bucket, "AWS_SECRET_ACCESS_KEY", "the secret"))) {
            awaitReady(pod);
        }
    }

    private static Map<String, String> with(Map<String, String> all, String name, String value) {
        Map<String, String> more = new HashMap<>(all);
        more.put(name, value);
        return more;
    }

    @Test
    void aLyingSiblingIsLeftOutAndTheNextSourceAsked() {
        byte[] lie = bytes.clone();
        lie[lie.length / 2] ^= 1;
        mirror.stubFor(get(urlEqualTo("/bytes/" + pin.digest().hex()))
                .willReturn(aResponse().withBody(lie)));
        String sibling = "127.0.0.1:" + mirror.port();
        hostGoesAway();
        try (Pod pod = pod("first", Map.of("LAUREL_SIBLINGS", sibling))) {
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(pod.get("/readyz").body()).contains("sibling " + sibling + ": left out until "));
            assertThat(pod.get("/metrics").body())
                    .contains("laurel_bytes_fetches_total{outcome=\"wrong\",source=\"sibling\"} 1.0");
            assertThat(mirror.getAllServeEvents()).hasSize(1);
        }
        mirror.stubFor(get(urlEqualTo("/models/" + pin.digest().hex()))
                .willReturn(aResponse().withBody(bytes)));
        try (Pod pod = pod("second", Map.of("LAUREL_SIBLINGS", sibling, "LAUREL_BYTES", mirror.url("/models/")))) {
            awaitReady(pod);
        }
    }

    @Test
    void whereSignaturesAreDemandedAPodStartsOnItsProofAndNotWithoutOne() {
        hostGoesAway();
        mirror.stubFor(get(urlEqualTo("/models/" + pin.digest().hex()))
                .willReturn(aResponse().withBody(bytes)));
        try (Pod pod = pod("first", Map.of("LAUREL_SIGNED", "true", "LAUREL_BYTES", mirror.url("/models")))) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(pod.get("/readyz").body())
                            .contains("history cannot be asked whether this pin may stand: "));
            assertThat(mirror.getAllServeEvents()).isEmpty();
        }
    }
}

package dev.laurel.git.lfs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.HttpHost;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What LFS servers of Git hosts do that the embedded one does not. Long since each of those ways is written out.
 */
class LfsClientTest {
    private static final byte[] BYTES = "the bytes of a model file".getBytes(UTF_8);
    private static final LfsPointer POINTER = new LfsPointer(Digest.of(BYTES), BYTES.length);
    private static final String BATCH = "/models.git/info/lfs/objects/batch";
    private static final String LOGIN = "Basic b2F1dGgyOnRoZS10b2tlbg==";

    @RegisterExtension
    final WireMockExtension host = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @RegisterExtension
    final WireMockExtension other = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TempDir
    Path folder;

    private LfsStore store(Map<String, String> environment) {
        return store(host.baseUrl(), environment);
    }

    private LfsStore store(String base, Map<String, String> environment) {
        URI address = URI.create(base + "/models.git");
        HttpHost http = new HttpHost(address, Access.of(environment));
        LfsAddress lfs = operation -> new LfsAddress.Endpoint(URI.create(address + "/info/lfs"), Map.of(), null);
        return new LfsStore(folder, new LfsClient(lfs, http), null);
    }

    private static ResponseDefinitionBuilder actions(String actions) {
        return okForContentType(
                "application/vnd.git-lfs+json",
                "{\"transfer\":\"basic\",\"objects\":[{\"oid\":\"%s\",\"size\":%d,%s}]}"
                        .formatted(POINTER.digest().hex(), POINTER.size(), actions));
    }

    private String download(String href, String more) {
        return "\"actions\":{\"download\":{\"href\":\"%s\"%s}}".formatted(href, more);
    }

    private void offers(String more) {
        host.stubFor(post(BATCH).willReturn(actions(download(host.url("/bytes"), more))));
    }

    private static ResponseDefinitionBuilder bytes() {
        return aResponse().withStatus(200).withBody(BYTES);
    }

    @Test
    void asksForOneObjectAndSendsTheHeadersOfTheAnswer() throws IOException {
        offers(",\"header\":{\"X-Key\":\"abc\"}");
        host.stubFor(get("/bytes").withHeader("X-Key", equalTo("abc")).willReturn(bytes()));

        assertThat(store(Map.of("LAUREL_GIT_TOKEN", "the-token")).read(POINTER)).isEqualTo(BYTES);

        host.verify(postRequestedFor(urlEqualTo(BATCH))
                .withHeader("Authorization", equalTo(LOGIN))
                .withHeader("Accept", equalTo("application/vnd.git-lfs+json"))
                .withRequestBody(equalToJson("""
                                {"operation": "download", "transfers": ["basic"], "ref": {"name": "refs/heads/main"},
                                 "objects": [{"oid": "%s", "size": %d}], "hash_algo": "sha256"}""".formatted(POINTER.digest().hex(), POINTER.size()))));
        // Now it is here.
        store(Map.of()).read(POINTER);
        host.verify(1, getRequestedFor(urlEqualTo("/bytes")));
    }

    @Test
    void aTokenThatHasAUserOfItsOwnGoesWithIt() throws IOException {
        offers("");
        host.stubFor(get("/bytes").willReturn(bytes()));

        store(Map.of("LAUREL_GIT_TOKEN", "the-token", "LAUREL_GIT_USER", "gitlab+deploy-token-1"))
                .read(POINTER);

        host.verify(postRequestedFor(urlEqualTo(BATCH))
                .withBasicAuth(new BasicCredentials("gitlab+deploy-token-1", "the-token")));
        assertThatThrownBy(() -> Access.of(Map.of("LAUREL_GIT_USER", "a:b")))
                .hasMessage("LAUREL_GIT_USER: something else (expected: a name without a colon)");
    }

    @Test
    void asksForManyAtOnceAndForThoseThatExpiredMeanwhileAgain() throws IOException {
        byte[] others = "other bytes".getBytes(UTF_8);
        LfsPointer other = new LfsPointer(Digest.of(others), others.length);
        LfsPointer unknown = new LfsPointer(Digest.of(new byte[1]), 1);
        host.stubFor(post(BATCH).willReturn(okForContentType("application/vnd.git-lfs+json", """
                {"objects":[{"oid":"%s","actions":{"download":{"href":"%s"}}},
                 {"oid":"%s","actions":{"download":{"href":"%s","expires_at":"2020-04-17T00:00:00Z"}}},
                 {"oid":"%s","error":{"code":404,"message":"gone"}}]}""".formatted(
                        POINTER.digest().hex(),
                        host.url("/bytes"),
                        other.digest().hex(),
                        host.url("/old"),
                        unknown.digest().hex()))));
        host.stubFor(get("/bytes").willReturn(bytes()));
        host.stubFor(get("/others").willReturn(aResponse().withBody(others)));
        LfsStore store = store(Map.of());

        store.expect(List.of(POINTER, other, unknown));
        assertThat(store.read(POINTER)).isEqualTo(BYTES);
        host.verify(1, postRequestedFor(urlEqualTo(BATCH)));

        host.stubFor(post(BATCH)
                .willReturn(okForContentType(
                        "application/vnd.git-lfs+json",
                        "{\"objects\":[{\"oid\":\"%s\",\"actions\":{\"download\":{\"href\":\"%s\"}}}]}"
                                .formatted(other.digest().hex(), host.url("/others")))));
        assertThat(store.read(other)).isEqualTo(others);
        host.stubFor(post(BATCH).willReturn(actions("\"error\":{\"code\":404,\"message\":\"gone\"}")));
        assertThatThrownBy(() -> store.verify(unknown)).isInstanceOf(LfsObjectException.class);
        host.verify(3, postRequestedFor(urlEqualTo(BATCH)));
    }

    @Test
    void goesOnWhereAnEarlierDownloadEnded() throws IOException {
        offers("");
        Path part = Files.createDirectories(folder.resolve("lfs/tmp"))
                .resolve(POINTER.digest().hex() + ".part");
        Files.write(part, Arrays.copyOf(BYTES, 10));
        host.stubFor(get("/bytes")
                .withHeader("Range", equalTo("bytes=10-"))
                .willReturn(aResponse()
                        .withStatus(206)
                        .withHeader("Content-Range", "bytes 10-24/25")
                        .withBody(Arrays.copyOfRange(BYTES, 10, BYTES.length))));

        assertThat(store(Map.of()).read(POINTER)).isEqualTo(BYTES);
        assertThat(part).doesNotExist();
    }

    @Test
    void beginsAnewWhenWhatWasThereIsDamagedOrTheServerCannotGoOn() throws IOException {
        offers("");
        Path part = Files.createDirectories(folder.resolve("lfs/tmp"))
                .resolve(POINTER.digest().hex() + ".part");
        Files.writeString(part, "THE BYTES ");
        host.stubFor(get("/bytes").willReturn(bytes()));
        host.stubFor(get("/bytes")
                .withHeader("Range", equalTo("bytes=10-"))
                .willReturn(aResponse()
                        .withStatus(206)
                        .withHeader("Content-Range", "bytes 10-24/25")
                        .withBody(Arrays.copyOfRange(BYTES, 10, BYTES.length))));

        assertThat(store(Map.of()).read(POINTER)).isEqualTo(BYTES);
        host.verify(2, getRequestedFor(urlEqualTo("/bytes")));
    }

    @Test
    void asksAgainWhenAnAddressHasExpired() throws IOException {
        host.stubFor(post(BATCH)
                .inScenario("time")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(actions(download(host.url("/old"), ",\"expires_at\":\"2020-04-17T00:00:00Z\"")))
                .willSetStateTo("later"));
        host.stubFor(post(BATCH)
                .inScenario("time")
                .whenScenarioStateIs("later")
                .willReturn(actions(
                        download(host.url("/bytes"), ",\"expires_in\":600,\"expires_at\":\"2020-04-17T00:00:00Z\""))));
        host.stubFor(get("/bytes").willReturn(bytes()));

        assertThat(store(Map.of()).read(POINTER)).isEqualTo(BYTES);
        host.verify(0, getRequestedFor(urlEqualTo("/old")));
    }

    @Test
    void asksAgainOnceWhenAnAddressIsRefused() {
        offers("");
        host.stubFor(get("/bytes").willReturn(aResponse().withStatus(403)));

        assertThatThrownBy(() -> store(Map.of()).read(POINTER)).hasMessageContaining("/bytes: 403");
        host.verify(2, postRequestedFor(urlEqualTo(BATCH)));
    }

    @Test
    void waitsWhenTheServerIsBusy() throws IOException {
        offers("");
        host.stubFor(get("/bytes")
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "1"))
                .willSetStateTo("free"));
        host.stubFor(
                get("/bytes").inScenario("busy").whenScenarioStateIs("free").willReturn(bytes()));

        long start = System.nanoTime();
        assertThat(store(Map.of()).read(POINTER)).isEqualTo(BYTES);
        assertThat(System.nanoTime() - start).isGreaterThan(990_000_000L);
    }

    @Test
    void refusesOtherBytesAndKeepsNoneOfThem() throws IOException {
        offers("");
        byte[] wrong = BYTES.clone();
        wrong[3]++;
        host.stubFor(get("/bytes").willReturn(aResponse().withBody(wrong)));

        assertThatThrownBy(() -> store(Map.of()).read(POINTER))
                .isInstanceOf(LfsObjectException.class)
                .hasMessageContaining("their digest is " + Digest.of(wrong));
        host.stubFor(get("/bytes").willReturn(aResponse().withBody(new byte[BYTES.length + 1])));
        assertThatThrownBy(() -> store(Map.of()).read(POINTER))
                .isInstanceOf(LfsObjectException.class)
                .hasMessageContaining("more than 25 bytes");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() > 0))
                    .isEmpty();
        }
    }

    @Test
    void anotherHostGetsNeitherTheTokenNorTheHeaders() throws IOException {
        offers(",\"header\":{\"X-Key\":\"abc\"}");
        host.stubFor(get("/bytes").willReturn(aResponse().withStatus(302).withHeader("Location", other.url("/kept"))));
        other.stubFor(get("/kept").willReturn(bytes()));

        assertThat(store(Map.of("LAUREL_GIT_TOKEN", "the-token")).read(POINTER)).isEqualTo(BYTES);

        host.verify(getRequestedFor(urlEqualTo("/bytes")).withHeader("Authorization", equalTo(LOGIN)));
        other.verify(getRequestedFor(urlEqualTo("/kept"))
                .withHeader("Authorization", absent())
                .withHeader("X-Key", absent()));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void postsAgainWhereARepositoryIsNow(int status) throws IOException {
        String now = "/renamed.git/info/lfs/objects/batch";
        host.stubFor(post(BATCH).willReturn(aResponse().withStatus(status).withHeader("Location", now)));
        host.stubFor(post(now).willReturn(actions(download(host.url("/bytes"), ""))));
        host.stubFor(get("/bytes").willReturn(bytes()));

        assertThat(store(Map.of("LAUREL_GIT_TOKEN", "the-token")).read(POINTER)).isEqualTo(BYTES);

        host.verify(postRequestedFor(urlEqualTo(now))
                .withHeader("Authorization", equalTo(LOGIN))
                .withRequestBody(containing(POINTER.digest().hex())));
    }

    @Test
    void goesThroughTheProxyUnlessItIsToldOtherwise() throws IOException {
        String away = "http://git.example.invalid";
        other.stubFor(post(BATCH).willReturn(actions(download(away + "/bytes", ""))));
        other.stubFor(get("/bytes").willReturn(bytes()));
        Map<String, String> environment = Map.of("http_proxy", other.baseUrl(), "no_proxy", "localhost,.corp.invalid");

        assertThat(store(away, environment).read(POINTER)).isEqualTo(BYTES);

        offers("");
        host.stubFor(get("/bytes").willReturn(bytes()));
        Files.delete(store(environment).file(POINTER.digest()));
        assertThat(store(environment).read(POINTER)).isEqualTo(BYTES);
        host.verify(1, getRequestedFor(urlEqualTo("/bytes")));
    }

    @Test
    void uploadsAndReportsIt() throws IOException {
        host.stubFor(post(BATCH).willReturn(actions("""
                                "actions":{"upload":{"href":"%s","header":{"X-Key":"abc","Transfer-Encoding":"chunked"}},
                                "verify":{"href":"%s","header":{"X-Key":"def"}}}""".formatted(host.url("/put"), host.url("/verify")))));
        host.stubFor(put("/put").willReturn(aResponse().withStatus(200)));
        host.stubFor(post("/verify").willReturn(aResponse().withStatus(200)));

        LfsStore store = store(Map.of());
        assertThat(store.put(BYTES)).isEqualTo(POINTER);
        store.put(BYTES);

        host.verify(
                1,
                putRequestedFor(urlEqualTo("/put"))
                        .withHeader("X-Key", equalTo("abc"))
                        .withRequestBody(equalTo(new String(BYTES, UTF_8))));
        host.verify(
                1,
                postRequestedFor(urlEqualTo("/verify"))
                        .withHeader("X-Key", equalTo("def"))
                        .withRequestBody(equalToJson("{\"oid\":\"%s\",\"size\":25}"
                                .formatted(POINTER.digest().hex()))));
    }

    @Test
    void uploadsNothingThatIsThere() throws IOException {
        host.stubFor(post(BATCH).willReturn(actions("\"authenticated\":true")));

        store(Map.of()).put(BYTES);

        host.verify(0, putRequestedFor(urlEqualTo("/put")));
    }

    @Test
    void tellsWhatIsMissingFromWhatIsForbidden() {
        host.stubFor(post(BATCH).willReturn(actions("\"error\":{\"code\":404,\"message\":\"gone\"}")));
        assertThatThrownBy(() -> store(Map.of()).verify(POINTER))
                .isInstanceOfSatisfying(
                        LfsObjectException.class, e -> assertThat(e.isMissing()).isTrue())
                .hasMessageContaining("404: gone");

        host.stubFor(post(BATCH).willReturn(aResponse().withStatus(401).withBody("who are you?")));
        assertThatThrownBy(() -> store(Map.of()).verify(POINTER))
                .hasMessageContaining("401: who are you? (LAUREL_GIT_TOKEN");
        host.verify(2, postRequestedFor(urlEqualTo(BATCH)));
    }

    @Test
    void givesUpOnAServerThatStaysAway() {
        offers("");
        host.stubFor(get("/bytes").willReturn(aResponse().withStatus(503)));

        assertThatThrownBy(() -> store(Map.of()).read(POINTER)).hasMessageContaining("/bytes: 503");
        host.verify(6, getRequestedFor(urlEqualTo("/bytes")));
    }
}

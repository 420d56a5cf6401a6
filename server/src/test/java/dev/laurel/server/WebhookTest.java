package dev.laurel.server;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.laurel.registry.RegistryHttp;
import dev.laurel.webhook.WebhookTarget;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server tells Argo CD what is pushed to it, and people how that went. */
class WebhookTest {
    private static final String PATH = "/api/webhook";

    private final WireMockServer argoCd =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @TempDir
    Path folder;

    Showcase showcase;

    @BeforeEach
    void serve() {
        argoCd.start();
        argoCd.stubFor(post(PATH).willReturn(ok()));
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.champion(2);
        showcase.serving(new RegistryHttp(showcase.registry).servlets());
    }

    @AfterEach
    void stop() {
        showcase.close();
        argoCd.stop();
    }

    private String told() {
        return showcase.json("/status").at("/argo_cd/told").asText();
    }

    private String head() {
        return showcase.registry.head().commit();
    }

    @Test
    void aPushDoesNotWaitForArgoCd() {
        showcase.server()
                .tell(new WebhookTarget(
                        URI.create(argoCd.baseUrl() + PATH), showcase.uri("/git/models.git"), "s3cret"));
        await().until(() -> told().equals(head()));
        argoCd.stubFor(post(PATH).willReturn(ok().withFixedDelay(4000)));
        Path clone = folder.resolve("clone");
        showcase.git(folder, "clone", "--quiet", showcase.uri("/git/models.git").toString(), clone.toString());
        showcase.git(clone, "revert", "--no-edit", "HEAD");
        showcase.git(clone, "push", "--quiet");

        assertThat(told()).as("the push was answered first").isNotEqualTo(head());
        await().until(() -> told().equals(head()));
        argoCd.verify(2, postRequestedFor(urlEqualTo(PATH)));
        assertThat(showcase.get("/metrics").body())
                .contains("laurel_webhook_deliveries_total{outcome=\"accepted\"} 2.0");
    }

    @Test
    void withoutAWebhookThereIsNothingToSay() {
        assertThat(showcase.json("/status").has("argo_cd")).isFalse();
        assertThat(showcase.get("/metrics").body()).doesNotContain("webhook");
    }
}

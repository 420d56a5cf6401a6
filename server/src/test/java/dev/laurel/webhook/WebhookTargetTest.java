package dev.laurel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTargetTest {
    private static final URI WEBHOOK = URI.create("https://argocd.example.com/api/webhook");
    private static final URI REPOSITORY = URI.create("https://git.example.com/team/models.git");

    @ParameterizedTest
    @CsvSource({
        "argocd.example.com/api/webhook, argocd-webhook: argocd.example.com/api/webhook (expected: the address",
        "file:///etc/passwd,             argocd-webhook: file:///etc/passwd (expected: the address",
        "https://me:pw@argocd/api,       argocd-webhook: https://***@argocd/api (expected: the address"
    })
    void refusesWhatIsNoAddressOfAWebServer(String address, String message) {
        assertThatThrownBy(() -> new WebhookTarget(URI.create(address), REPOSITORY, null))
                .hasMessageStartingWith(message);
    }

    /** Argo CD's handler does not survive an address without a path. */
    @ParameterizedTest
    @CsvSource({"https://git.example.com", "https://git.example.com/", "file:///srv/models.git", "models.git"})
    void refusesARepositoryThatArgoCdWouldNeverMatch(String address) {
        assertThatThrownBy(() -> new WebhookTarget(WEBHOOK, URI.create(address), null))
                .hasMessage(
                        "argocd-repository: " + address
                                + " (expected: the repoURL of Argo CD's Applications, such as https://git.example.com/team/models.git)");
    }

    @Test
    void showsNoSecret() {
        assertThat(new WebhookTarget(WEBHOOK, REPOSITORY, "s3cret").toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> new WebhookTarget(WEBHOOK, REPOSITORY, "s3cret\nmore"))
                .hasMessage(
                        "argocd-webhook secret: more than one line (expected: one line, as `openssl rand -hex 32` prints)");
    }
}

package dev.laurel.webhook;

import dev.laurel.model.Expect;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Argo CD listens, and what it calls the models repository. Shows no secret.
 *
 * @param webhook its {@code /api/webhook}
 * @param repository the address that its Applications have as {@code repoURL}; compared without protocol, user, port and {@code .git}
 * @param secret what it has as {@code webhook.github.secret}; null where it asks for none
 */
public record WebhookTarget(
        URI webhook, URI repository, @Nullable String secret) {
    private static final Set<String> HTTP = Set.of("http", "https");
    private static final Set<String> GIT = Set.of("http", "https", "ssh");

    public WebhookTarget {
        Expect.that(
                isAddress(webhook, HTTP) && webhook.getRawUserInfo() == null,
                "argocd-webhook",
                shown(webhook),
                "the address of Argo CD's server, such as https://argocd.example.com/api/webhook");
        Expect.that(
                isAddress(repository, GIT) && repository.getRawPath().length() > 1,
                "argocd-repository",
                shown(repository),
                "the repoURL of Argo CD's Applications, such as https://git.example.com/team/models.git");
        Expect.that(
                secret == null || (!secret.isBlank() && secret.lines().count() == 1),
                "argocd-webhook secret",
                secret == null || secret.isBlank() ? "blank" : "more than one line",
                "one line, as `openssl rand -hex 32` prints");
    }

    private static boolean isAddress(URI address, Set<String> schemes) {
        return address.getScheme() != null
                && schemes.contains(address.getScheme())
                && address.getHost() != null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    /** Somebody may have put a password in it. */
    private static String shown(URI address) {
        return address.toString().replaceAll("//[^/]*@", "//***@");
    }

    @Override
    public String toString() {
        return "WebhookTarget[%s, %s]".formatted(webhook, shown(repository));
    }
}

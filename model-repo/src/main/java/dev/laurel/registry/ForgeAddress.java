package dev.laurel.registry;

import dev.laurel.model.Expect;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * The Git host on which a models repository has its pull requests: {@code forge} in {@code laurel.yaml}.
 *
 * @param url of the host's pages, such as {@code https://git.example.com}; without TLS on this machine only, since a token goes there
 * @param repository {@code owner/name}; on GitLab groups may be nested
 */
public record ForgeAddress(Kind kind, String url, String repository) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,99}";

    /** Whose REST interface it has. */
    public enum Kind {
        GITHUB,
        GITLAB,
        /** Forgejo as well. */
        GITEA
    }

    public ForgeAddress {
        // A password in it is shown to nobody.
        Expect.that(
                isAddress(url),
                "url",
                url.replaceAll("//[^/]*@", "//***@"),
                "https://<host>, without user, query or fragment");
        Expect.that(
                repository.matches(NAME + "(/" + NAME + ")" + (kind == Kind.GITLAB ? "{1,20}" : "")),
                "repository",
                repository,
                "owner/name");
    }

    private static boolean isAddress(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost())));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    public String host() {
        return URI.create(url).getHost();
    }
}

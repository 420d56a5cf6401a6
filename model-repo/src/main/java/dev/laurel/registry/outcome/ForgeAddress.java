package dev.laurel.registry.outcome;

import dev.laurel.model.Expect;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The Git host on which a models repository has its pull requests: {@code forge} in {@code laurel.yaml}.
 *
 * @param url of the host's pages, such as {@code https://git.example.com}; without TLS only on this machine, in a cluster and at addresses
 *     of private networks, since a token goes there
 * @param repository {@code owner/name}; on GitLab groups may be nested
 */
public record ForgeAddress(Kind kind, String url, String repository) {
    /** This machine, names without a domain, a Service of Kubernetes, and the addresses of RFC 1918. */
    private static final Pattern NEAR =
            Pattern.compile("[a-z][a-z0-9-]*|127\\.0\\.0\\.1|\\[::1]|[a-z0-9.-]+\\.svc(\\.cluster\\.local)?"
                    + "|10(\\.\\d{1,3}){3}|192\\.168(\\.\\d{1,3}){2}|172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}");

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
                "https://<host>, without user, query or fragment; http:// in a private network only");
        Expect.that(
                repository.matches(NAME + "(/" + NAME + ")" + (kind == Kind.GITLAB ? "{1,20}" : "")),
                "repository",
                repository,
                "owner/name");
    }

    /** The host of a repository, by the address that Git uses; the pages of one that is reached by SSH are at its usual port. */
    public static ForgeAddress of(Kind kind, URI repository) {
        boolean ssh = "ssh".equals(repository.getScheme());
        String port = ssh || repository.getPort() < 0 ? "" : ":" + repository.getPort();
        return new ForgeAddress(
                kind,
                (ssh ? "https" : repository.getScheme()) + "://" + repository.getHost() + port,
                repository.getPath().replaceAll("^/|(\\.git)?/?$", ""));
    }

    private static boolean isAddress(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && ("https".equals(address.getScheme())
                            || ("http".equals(address.getScheme())
                                    && NEAR.matcher(address.getHost()).matches()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    public String host() {
        return URI.create(url).getHost();
    }
}

package dev.laurel.registry;

import dev.laurel.registry.git.GitServlets;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;

/**
 * Serves a models repository to Git and Git LFS clients at {@code /git/models.git}; a push to main is checked before it is accepted.
 * Whoever reaches these servlets may push.
 */
public final class RegistryHttp {
    private final Map<String, HttpServlet> servlets;

    public RegistryHttp(Registry registry) {
        this.servlets = GitServlets.of(
                registry.repository(),
                "models.git",
                new PushRules(registry.repository().lfs()));
    }

    /** The servlets by the path that they want to be mounted at, such as {@code /git/*}; the longer path wins. */
    public Map<String, HttpServlet> servlets() {
        return servlets;
    }
}

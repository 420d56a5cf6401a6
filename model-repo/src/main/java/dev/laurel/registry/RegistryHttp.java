package dev.laurel.registry;

import dev.laurel.git.serve.GitServlets;
import dev.laurel.git.serve.ServerAccess;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;

/**
 * Serves a models repository to Git and Git LFS clients at {@code /git/models.git}; a push to main is checked before it is accepted.
 */
public final class RegistryHttp {
    private final Map<String, HttpServlet> servlets;

    /** For everybody who reaches these servlets: whoever does may push. */
    public RegistryHttp(Registry registry) {
        this(registry, ServerAccess.open());
    }

    /** @param registry one of this machine, no mirror */
    public RegistryHttp(Registry registry, ServerAccess access) {
        this.servlets = GitServlets.of(
                registry.repository(),
                "models.git",
                new PushRules(registry.repository().lfs()),
                access);
    }

    /** The servlets by the path that they want to be mounted at, such as {@code /git/*}; the longer path wins. */
    public Map<String, HttpServlet> servlets() {
        return servlets;
    }
}

package dev.laurel.cli.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cli.Laurel;
import dev.laurel.cli.Showcase;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that list, over HTTP and with a cache that is cold: four versions would take some thirty requests one by one. */
class RemoteListingTest {
    @TempDir
    private Path folder;

    private final String home = System.getProperty("user.home");
    private final AtomicInteger requests = new AtomicInteger();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private Registry registry;

    @BeforeEach
    void serve() throws Exception {
        // The cache is below it.
        System.setProperty("user.home", folder.toString());
        registry = Registry.open(Showcase.in(folder));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        new RegistryHttp(registry)
                .servlets()
                .forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        context.addFilter(new FilterHolder(new Counting()), "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty("user.home", home);
        server.stop();
        registry.close();
    }

    private Laurel laurel(String... words) {
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--repo";
        all[words.length + 1] = "http://127.0.0.1:%d/git/models.git".formatted(connector.getLocalPort());
        return Laurel.run((Object[]) all);
    }

    @Test
    void versions() {
        Laurel listed = laurel("versions", "daily", "--last", "50");

        assertThat(listed.exit()).as(listed.toString()).isZero();
        assertThat(listed.out()).contains("v1 ", "v4 ").doesNotContain("unreadable");
        assertThat(requests).hasValueLessThanOrEqualTo(13);
    }

    @Test
    void whatHappened() {
        Laurel listed = laurel("log", "daily");

        assertThat(listed.exit()).as(listed.toString()).isZero();
        assertThat(listed.out()).contains("registered", "promoted", "rolled back", "released");
        assertThat(requests).hasValueLessThanOrEqualTo(15);
    }

    @Test
    void status() {
        Laurel listed = laurel("status");

        assertThat(listed.exit()).as(listed.toString()).isZero();
        assertThat(listed.out()).contains("daily", "production", "staging");
        assertThat(requests).hasValueLessThanOrEqualTo(13);
    }

    @Test
    void statusOfAHostThatIsDownIsOneLine() throws Exception {
        laurel("status");
        String address = "http://127.0.0.1:%d/git/models.git".formatted(connector.getLocalPort());
        server.stop();
        Laurel asked = Laurel.run("status", "--repo", address);

        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.out()).isEmpty();
        assertThat(asked.err())
                .startsWith("laurel: " + address + ": connection failed: ")
                .endsWith("(is the host up, and the address right?)")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    private final class Counting extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            requests.incrementAndGet();
            chain.doFilter(request, response);
        }
    }
}

package dev.laurel.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several servers measured is added up, and what one measured is not added to itself. */
class LiveServersTest {
    private static final String SAID = "\"champion\": {\"version\": \"v1\", \"answers\": 7}}";

    @Test
    void aServerWithTwoNamesIsOne() throws Exception {
        assertThat(answers(
                        "{\"model\": \"iris\", \"instance\": \"a\", \"since\": \"s\", " + SAID,
                        "127.0.0.1",
                        "localhost"))
                .isEqualTo(7);
    }

    @Test
    void oneThatDoesNotSayWhoItIsCountsEachTime() throws Exception {
        assertThat(answers("{\"model\": \"iris\", " + SAID, "127.0.0.1", "localhost"))
                .isEqualTo(14);
    }

    private static long answers(String said, String... names) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models/iris/live", exchange -> {
            byte[] body = said.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return new LiveServers(List.of(names).stream()
                            .map(name ->
                                    "http://" + name + ":" + server.getAddress().getPort())
                            .toList())
                    .ask(new ModelName("iris"))
                    .champion(new Version(1))
                    .answers();
        } finally {
            server.stop(0);
        }
    }
}

package dev.laurel.server;

import static dev.laurel.server.Showcase.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What of an error of the server's own stands in its log. */
class OwnErrorsTest {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @TempDir
    Path folder;

    Showcase showcase;
    private Level level;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void serve() {
        showcase = Showcase.in(folder);
        showcase.serving(Map.of("/git/*", new Failing()));
        log.start();
        level = ROOT.getLevel();
        ROOT.setLevel(Level.WARN);
        ROOT.addAppender(log);
    }

    @AfterEach
    void close() {
        ROOT.detachAppender(log);
        ROOT.setLevel(level);
        showcase.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "servlet", "error"})
    void isLoggedWholeAndOnceUnderTheIdThatTheClientIsTold(String kind) {
        HttpResponse<String> answer = showcase.get("/git/" + kind);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("of its own making");
        String id = json(answer).get("log_id").asText();
        await().untilAsserted(() -> assertThat(failures()).hasSize(1));
        ILoggingEvent event = failures().get(0);
        assertThat(event.getFormattedMessage()).isEqualTo(id + ": GET /git/" + kind + " failed");
        assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .contains("of its own making", "OwnErrorsTest$Failing.doGet");
    }

    @Test
    void whatAClientDoesWrongIsNotLogged() {
        showcase.get("/no/such/path");
        showcase.post("/models/spy-direction/predict", "{");
        RawClient.exchange(showcase.server().port(), "GET /models HTTP/1.1\r\nHost: evil\r\n\r\n".getBytes(UTF_8));

        assertThat(log.list).isEmpty();
    }

    /** Whoever holds many such connections would push everything else out of the log. */
    @Test
    void aHeaderThatDoesNotComeToItsEndIsNotLogged() {
        try (Showcase hurried = Showcase.in(folder.resolve("hurried"))) {
            hurried.servingWith(Map.of("LAUREL_LIMIT_HEADER_TIME", "1"));
            try (RawClient client = RawClient.to(hurried.server().port())) {
                client.send("POST /models/petals/predict HTTP/1.1\r\nX-A: b\r\nX-");
                assertThat(client.answer()).startsWith("HTTP/1.1 408 ");
            }
        }

        assertThat(failures()).isEmpty();
    }

    private List<ILoggingEvent> failures() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getThrowableProxy() != null)
                .toList();
    }

    private static final class Failing extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
            switch (String.valueOf(request.getPathInfo())) {
                case "/runtime" -> throw new IllegalStateException("of its own making");
                case "/servlet" -> throw new ServletException("of its own making");
                default -> throw new StackOverflowError("of its own making");
            }
        }
    }
}

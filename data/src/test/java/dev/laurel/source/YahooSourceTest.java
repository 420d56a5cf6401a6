package dev.laurel.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YahooSourceTest {
    private static final LocalDate FROM = LocalDate.parse("2020-08-26");
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final List<Duration> paused = new ArrayList<>();

    private YahooOutcome bars(String ticker) {
        return new YahooSource(YahooServer.clock(), Duration.ofSeconds(20), PAUSES, paused::add).bars(ticker, FROM);
    }

    @Test
    void fetchesFinishedBars() throws IOException {
        YahooServer.answersWithBars();

        YahooOutcome.Fetched fetched = (YahooOutcome.Fetched) bars("AAPL");

        assertThat(TableCsv.write(fetched.bars())).asString().isEqualTo(TableCsvTest.golden("aapl.csv"));
        assertThat(fetched.notes())
                .isEqualTo("bars dropped for a missing price or volume: 1; unfinished bar left out: 2020-09-02; "
                        + "prices are adjusted for the split of 2020-08-31 (4:1)");
        YahooServer.SERVER.verify(
                1,
                getRequestedFor(urlPathEqualTo("/v8/finance/chart/AAPL"))
                        .withQueryParam("period1", equalTo("1598400000"))
                        .withQueryParam("period2", equalTo("1599091200"))
                        .withQueryParam("interval", equalTo("1d")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^GSPC", "BRK-B", "EURUSD=X", "7203.T"})
    void takesEveryTickerThatASourceCanName(String ticker) {
        YahooServer.answers(okJson(YahooServer.chart().toString().replace("AAPL", ticker)));

        assertThat(bars(ticker)).isInstanceOf(YahooOutcome.Fetched.class);
    }

    @Test
    void saysThatATickerIsUnknown() {
        YahooServer.answersStatus(404);

        assertThat(bars("SPYX")).isEqualTo(new YahooOutcome.UnknownTicker("SPYX"));
        assertThat(YahooServer.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"429, 3", "500, 3", "503, 3", "400, 1", "401, 1", "403, 1"})
    void triesAgainWhereThatMayHelpAndNotForEver(int status, int requests) {
        YahooServer.answersStatus(status);

        YahooOutcome outcome = bars("AAPL");

        assertThat(((YahooOutcome.Failed) outcome).problem()).endsWith("(HTTP " + status + ")");
        assertThat(YahooServer.requests()).isEqualTo(requests);
        assertThat(paused).isEqualTo(requests == 1 ? List.of() : PAUSES);
    }

    @Test
    void namesEachStatusByItsMeaning() {
        YahooServer.answersStatus(429);
        assertThat(bars("AAPL")).isEqualTo(new YahooOutcome.RateLimited());
        YahooServer.answersStatus(503);
        assertThat(bars("AAPL")).isEqualTo(new YahooOutcome.ServerError(503));
        YahooServer.answersStatus(401);
        assertThat(bars("AAPL")).isEqualTo(new YahooOutcome.Refused(401));
    }

    @Test
    void succeedsOnASecondTry() {
        YahooServer.SERVER.resetAll();
        YahooServer.SERVER.stubFor(WireMock.get(WireMock.anyUrl())
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "1"))
                .willSetStateTo("free"));
        YahooServer.SERVER.stubFor(WireMock.get(WireMock.anyUrl())
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(okJson(YahooServer.chart().toString())));

        assertThat(bars("AAPL")).isInstanceOf(YahooOutcome.Fetched.class);
        assertThat(paused).containsExactly(PAUSES.get(0));
    }

    @Test
    void stopsTryingWhenInterrupted() {
        YahooServer.answersStatus(503);
        YahooSource.Pause interrupted = length -> {
            throw new InterruptedException();
        };

        YahooOutcome outcome =
                new YahooSource(YahooServer.clock(), Duration.ofSeconds(20), PAUSES, interrupted).bars("AAPL", FROM);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(new YahooOutcome.ServerError(503));
        assertThat(YahooServer.requests()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanTheTimeoutForAnAnswer() {
        YahooServer.answers(ok().withFixedDelay(10_000));

        assertThat(bars("AAPL")).isEqualTo(new YahooOutcome.TimedOut("the connection was silent for too long"));
    }

    @Test
    void waitsNoLongerThanTheLimitForAnAnswerThatTricklesIn() {
        YahooServer.answers(okJson(YahooServer.chart().toString()).withChunkedDribbleDelay(100, 5000));

        YahooSource impatient = new YahooSource(YahooServer.clock(), Duration.ofSeconds(1), PAUSES, paused::add);

        assertThat(impatient.bars("AAPL", FROM)).isEqualTo(new YahooOutcome.TimedOut("limit: 1000 ms"));
    }

    @Test
    void saysThatTheHostIsUnknown() {
        YahooServer.answers(temporaryRedirect("http://no-such-host.invalid/"));

        assertThat(((YahooOutcome.Failed) bars("AAPL")).problem())
                .isEqualTo("Yahoo Finance is out of reach (no such host: no-such-host.invalid)");
    }

    @Test
    void saysThatTheConnectionIsRefused() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        YahooServer.answers(temporaryRedirect("http://localhost:" + closed + "/"));

        assertThat(((YahooOutcome.Failed) bars("AAPL")).problem())
                .startsWith("Yahoo Finance is out of reach (Connection refused");
    }

    @Test
    void saysThatTheConnectionBroke() {
        YahooServer.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(bars("AAPL")).isInstanceOf(YahooOutcome.Unreachable.class);
    }

    @Test
    void saysThatAPageCameInsteadOfJson() {
        YahooServer.answers(ok("<!DOCTYPE html>\n<html><title>Consent</title></html>"));

        assertThat(bars("AAPL"))
                .isEqualTo(new YahooOutcome.NotJson("<!DOCTYPE html> <html><title>Consent</title></html>"));
    }

    @Test
    void leavesTheCookiesOfTheJvmAlone() {
        YahooServer.answersWithBars();
        CookieHandler before = CookieHandler.getDefault();

        bars("AAPL");

        assertThat(CookieHandler.getDefault()).isSameAs(before).isNull();
    }
}

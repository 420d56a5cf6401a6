package dev.laurel.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** Stands in for Yahoo Finance: one server for the whole JVM, because the library reads its address once. */
final class YahooServer {
    static final WireMockServer SERVER =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    /** After the session of 2020-09-01 has ended and before the next one does; see aapl.json. */
    static final Instant NOW = Instant.parse("2020-09-02T15:00:00Z");

    static {
        SERVER.start();
        System.setProperty("yahoofinance.baseurl.histquotesquery2v8", SERVER.baseUrl() + "/v8/finance/chart/");
        System.setProperty("yahoofinance.connection.timeout", "8000");
        warmUp();
    }

    private YahooServer() {}

    /** The first request of a JVM takes long, and is not to be taken for an answer that does not come. */
    private static void warmUp() {
        try (InputStream in =
                URI.create(SERVER.baseUrl() + "/__admin/mappings").toURL().openStream()) {
            in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    static void answers(ResponseDefinitionBuilder response) {
        SERVER.resetAll();
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    static void answersWithBars() {
        SERVER.resetAll();
        SERVER.stubFor(any(urlPathEqualTo("/v8/finance/chart/AAPL")).willReturn(okJson(chart().toString())));
    }

    static void answersStatus(int status) {
        answers(aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/html")
                .withBody("<html>no</html>"));
    }

    static int requests() {
        return SERVER.getAllServeEvents().size();
    }

    /** The answer of aapl.json, to be changed by a test. */
    static ObjectNode chart() {
        try (InputStream in = YahooServer.class.getResourceAsStream("/yahoo/aapl.json")) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.table.Table;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YahooChartTest {
    private static final String RESULT = "/chart/result/0";

    private final ObjectNode chart = YahooServer.chart();

    private YahooOutcome parse(Instant now) {
        return YahooChart.parse(chart.toString(), "AAPL", now);
    }

    private Table fetched(Instant now) {
        return ((YahooOutcome.Fetched) parse(now)).bars();
    }

    /** Sets a value; the text {@code -} removes it. */
    private void set(String pointer, String json) throws JsonProcessingException {
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = chart.at(at.head());
        JsonNode value = json.equals("-") ? null : new ObjectMapper().readTree(json);
        if (parent instanceof ArrayNode array) {
            if (value == null) {
                array.remove(at.last().getMatchingIndex());
            } else {
                array.set(at.last().getMatchingIndex(), value);
            }
        } else if (value == null) {
            ((ObjectNode) parent).remove(at.last().getMatchingProperty());
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
    }

    @Test
    void neverTakesAMissingPriceForZero() throws JsonProcessingException {
        set(RESULT + "/indicators/adjclose/0/adjclose/0", "null");

        Table bars = fetched(YahooServer.NOW);

        assertThat(bars.keys()).containsExactly("2020-08-27", "2020-08-31", "2020-09-01");
    }

    @ParameterizedTest
    @CsvSource({
        "2020-09-02T19:59:59Z, 1599058800, 2020-09-01", // the session goes on
        "2020-09-02T20:30:00Z, 1599076799, 2020-09-01", // it is over, but its last prices may come late
        "2020-09-02T20:00:01Z, 1599076800, 2020-09-02", // they are there
        "2020-09-02T21:00:00Z, 1599058800, 2020-09-02", // nothing traded in the last hours
    })
    void takesABarOnceItsSessionIsOver(Instant now, String marketTime, String newest) throws JsonProcessingException {
        set(RESULT + "/meta/regularMarketTime", marketTime);

        Table bars = fetched(now);

        assertThat(bars.key(bars.rows() - 1)).isEqualTo(newest);
    }

    @Test
    void datesBarsInTheZoneOfTheExchange() throws JsonProcessingException {
        // Ten in the morning in Sydney is 23:00 of the day before in UTC, in summer.
        set(RESULT + "/meta/exchangeTimezoneName", "\"Australia/Sydney\"");
        set(RESULT + "/timestamp", "[1604271600, 1604358000, 1604444400, 1604530800, 1604617200, 1604876400]");
        set(RESULT + "/meta/currentTradingPeriod/regular/end", "1604898000");
        set(RESULT + "/meta/regularMarketTime", "1604898600");

        assertThat(fetched(YahooServer.NOW).keys())
                .containsExactly("2020-11-02", "2020-11-03", "2020-11-05", "2020-11-06", "2020-11-09");
    }

    @Test
    void takesTheLaterOfTwoBarsOfOneDay() throws JsonProcessingException {
        set(RESULT + "/timestamp/4", "1599053400");

        YahooOutcome.Fetched fetched = (YahooOutcome.Fetched) parse(Instant.parse("2020-09-03T00:00:00Z"));

        assertThat(fetched.notes()).contains("bars replaced by a later one of the same day: 1");
        assertThat(fetched.bars().key(3)).isEqualTo("2020-09-02");
        assertThat(fetched.bars().value("close", 3)).isEqualTo(131.39999389648438);
    }

    @Test
    void namesOnlySplitsWithinTheBars() throws JsonProcessingException {
        set(RESULT + "/events/splits/1598880600/date", "1402320600");

        assertThat(((YahooOutcome.Fetched) parse(YahooServer.NOW)).notes()).doesNotContain("split");
    }

    @Test
    void knowsAnUnknownTickerByTheErrorInAnAnswer() throws JsonProcessingException {
        set("/chart/result", "null");
        set("/chart/error", "{\"code\":\"Not Found\",\"description\":\"No data found, symbol may be delisted\"}");

        assertThat(parse(YahooServer.NOW)).isEqualTo(new YahooOutcome.UnknownTicker("AAPL"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /chart/result                                | null | exchangeTimezoneName: missing (expected: a text)
            /chart/error                                 | {"code":"Bad Request"} | /chart/error: {"code":"Bad Request"} (expected: null)
            /chart/result/0/timestamp                    | -    | /chart/result/0/timestamp: missing (expected: an array)
            /chart/result/0/timestamp/5                  | -    | open: 6 values (expected: 5)
            /chart/result/0/timestamp/5                  | 1598448600 | timestamp 5: 2020-08-26 (expected: rising timestamps)
            /chart/result/0/timestamp/5                  | 1.5  | /chart/result/0/timestamp/5: 1.5 (expected: seconds since 1970)
            /chart/result/0/timestamp/5                  | 99999999999999 | /chart/result/0/timestamp/5: 99999999999999 (expected: -62135596800..253402214400)
            /chart/result/0/timestamp                    | []   | open: 6 values (expected: 0)
            /chart/result/0/indicators/adjclose          | -    | adjclose: missing (expected: an array)
            /chart/result/0/indicators/quote/0           | {}   | open: missing (expected: an array)
            /chart/result/0/indicators/quote/0/close/0   | "1"  | close/0: "1" (expected: a number or null)
            /chart/result/0/indicators/quote/0/close     | [null,null,null,null,null,1] | finished bars with all their prices: 0 (expected: at least one)
            /chart/result/0/meta/symbol                  | "AAP" | symbol: AAP (expected: AAPL)
            /chart/result/0/meta/dataGranularity         | "1wk" | dataGranularity: 1wk (expected: 1d)
            /chart/result/0/meta/exchangeTimezoneName    | "Mars/Olympus" | Unknown time-zone ID: Mars/Olympus
            /chart/result/0/meta/currentTradingPeriod    | -    | regular/end: missing (expected: seconds since 1970)
            /chart/result/0/meta/regularMarketTime       | -    | regularMarketTime: missing (expected: seconds since 1970)
            /chart/result/0/events/splits/1598880600     | {}   | date: missing (expected: seconds since 1970)
            """)
    void refusesAChartThatItDoesNotUnderstand(String pointer, String json, String detail)
            throws JsonProcessingException {
        set(pointer, json);

        assertThat(parse(YahooServer.NOW))
                .isInstanceOfSatisfying(
                        YahooOutcome.Malformed.class,
                        malformed -> assertThat(malformed.detail()).endsWith(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "Too Many Requests", "{\"chart\":", "{} {}", "{\"a\":NaN}", "{\"a\":1,\"a\":2}"})
    void refusesWhatIsNotJson(String text) {
        assertThat(YahooChart.parse(text, "AAPL", YahooServer.NOW)).isEqualTo(new YahooOutcome.NotJson(text));
    }
}

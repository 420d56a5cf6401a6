package dev.laurel.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.table.Table;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads the JSON of Yahoo's v8 chart: daily bars in parallel arrays. Strict, because the library's own reader takes a missing price for 0.
 * Prices come adjusted for splits, {@code adjclose} for dividends as well.
 */
final class YahooChart {
    /** The name of the column of days. */
    static final String KEY = "date";

    /** The names are those of the bundled history, so that one definition fits both. */
    private static final Map<String, String> COLUMNS = columns();

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Exchanges publish their last prices up to this much late. */
    private static final Duration DELAY = Duration.ofHours(1);

    private static final long FIRST_SECOND =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();
    private static final int SHOWN = 60;

    private final JsonNode answer;
    private final ZoneId zone;
    private final List<String> notes = new ArrayList<>();

    private YahooChart(JsonNode answer) {
        this.answer = answer;
        this.zone = ZoneId.of(text("/chart/result/0/meta/exchangeTimezoneName"));
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String name : List.of("open", "high", "low", "close")) {
            columns.put(name, "/chart/result/0/indicators/quote/0/" + name);
        }
        columns.put("adjclose", "/chart/result/0/indicators/adjclose/0/adjclose");
        columns.put("volume", "/chart/result/0/indicators/quote/0/volume");
        return columns;
    }

    static YahooOutcome parse(String json, String ticker, Instant now) {
        try {
            JsonNode answer = JSON.readTree(json);
            if (!answer.isContainerNode()) {
                return new YahooOutcome.NotJson(beginning(json));
            }
            JsonNode error = answer.at("/chart/error");
            if (error.path("code").asText().equals("Not Found")) {
                return new YahooOutcome.UnknownTicker(ticker);
            }
            Expect.that(error.isNull() || error.isMissingNode(), "/chart/error", error, "null");
            return new YahooChart(answer).bars(ticker, now);
        } catch (JsonProcessingException e) {
            return new YahooOutcome.NotJson(beginning(json));
        } catch (InvalidValueException | DateTimeException e) {
            return new YahooOutcome.Malformed(Reason.of(e));
        }
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", " ");
    }

    private YahooOutcome bars(String ticker, Instant now) {
        String symbol = text("/chart/result/0/meta/symbol");
        Expect.that(symbol.equalsIgnoreCase(ticker), "symbol", symbol, ticker);
        String interval = text("/chart/result/0/meta/dataGranularity");
        Expect.that(interval.equals("1d"), "dataGranularity", interval, "1d");
        NavigableMap<LocalDate, double[]> bars = completeBars();
        leaveOutUnfinished(bars, now);
        Expect.that(!bars.isEmpty(), "finished bars with all their prices", 0, "at least one");
        noteSplits(bars);
        return new YahooOutcome.Fetched(table(bars), String.join("; ", notes));
    }

    private NavigableMap<LocalDate, double[]> completeBars() {
        JsonNode timestamps = array("/chart/result/0/timestamp");
        List<JsonNode> columns = new ArrayList<>();
        COLUMNS.values().forEach(pointer -> {
            JsonNode column = array(pointer);
            Expect.that(column.size() == timestamps.size(), pointer, column.size() + " values", timestamps.size() + "");
            columns.add(column);
        });
        NavigableMap<LocalDate, double[]> bars = new TreeMap<>();
        int incomplete = 0;
        int repeated = 0;
        for (int i = 0; i < timestamps.size(); i++) {
            LocalDate day = day("/chart/result/0/timestamp/" + i);
            Expect.that(bars.isEmpty() || !day.isBefore(bars.lastKey()), "timestamp " + i, day, "rising timestamps");
            int row = i;
            if (columns.stream().anyMatch(column -> column.get(row).isNull())) {
                incomplete++;
            } else if (bars.put(day, numbers(row)) != null) {
                // The newest day may come a second time, with the last trade; that one is the more complete.
                repeated++;
            }
        }
        note("bars dropped for a missing price or volume", incomplete);
        note("bars replaced by a later one of the same day", repeated);
        return bars;
    }

    private double[] numbers(int row) {
        return COLUMNS.values().stream()
                .mapToDouble(pointer -> {
                    JsonNode value = answer.at(pointer).get(row);
                    Expect.that(value.isNumber(), pointer + "/" + row, value, "a number or null");
                    return value.doubleValue();
                })
                .toArray();
    }

    /** The bar of a session that is not over still changes. */
    private void leaveOutUnfinished(NavigableMap<LocalDate, double[]> bars, Instant now) {
        String sessionEnd = "/chart/result/0/meta/currentTradingPeriod/regular/end";
        Instant end = instant(sessionEnd);
        boolean over =
                !instant("/chart/result/0/meta/regularMarketTime").isBefore(end) || !now.isBefore(end.plus(DELAY));
        Map<LocalDate, double[]> unfinished = bars.tailMap(day(sessionEnd), !over);
        if (!unfinished.isEmpty()) {
            notes.add("unfinished bar left out: " + bars.lastKey());
            unfinished.clear();
        }
    }

    private void noteSplits(NavigableMap<LocalDate, double[]> bars) {
        String splits = "/chart/result/0/events/splits";
        answer.at(splits).fieldNames().forEachRemaining(id -> {
            LocalDate day = day(splits + "/" + id + "/date");
            if (!day.isBefore(bars.firstKey()) && !day.isAfter(bars.lastKey())) {
                String ratio = text(splits + "/" + id + "/splitRatio");
                notes.add("prices are adjusted for the split of %s (%s)".formatted(day, ratio));
            }
        });
    }

    private static Table table(NavigableMap<LocalDate, double[]> bars) {
        List<String> keys = bars.keySet().stream().map(LocalDate::toString).toList();
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String name : COLUMNS.keySet()) {
            int column = columns.size();
            columns.put(
                    name, bars.values().stream().mapToDouble(bar -> bar[column]).toArray());
        }
        return new Table(KEY, keys, columns);
    }

    private void note(String what, int count) {
        if (count > 0) {
            notes.add(what + ": " + count);
        }
    }

    private String text(String pointer) {
        JsonNode node = answer.at(pointer);
        Expect.that(node.isTextual(), pointer, shown(node), "a text");
        return node.textValue();
    }

    private JsonNode array(String pointer) {
        JsonNode node = answer.at(pointer);
        Expect.that(node.isArray(), pointer, shown(node), "an array");
        return node;
    }

    private Instant instant(String pointer) {
        JsonNode node = answer.at(pointer);
        Expect.that(node.isIntegralNumber(), pointer, shown(node), "seconds since 1970");
        Expect.range(pointer, node.longValue(), FIRST_SECOND, LAST_SECOND);
        return Instant.ofEpochSecond(node.longValue());
    }

    /** The day at the exchange: its sessions may begin on another day in UTC. */
    private LocalDate day(String pointer) {
        return LocalDate.ofInstant(instant(pointer), zone);
    }

    private static Object shown(JsonNode node) {
        return node.isMissingNode() ? "missing" : node;
    }
}

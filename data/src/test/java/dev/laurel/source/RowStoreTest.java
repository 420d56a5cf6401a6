package dev.laurel.source;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowStoreTest {
    private static final Source.Yahoo AAPL = new Source.Yahoo("AAPL", "1d", "sp500-2000", Source.Choice.SOURCE);
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final String FILE = "yahoo-AAPL-1d-from-2016-01-01.csv";

    private final MovableClock clock = new MovableClock(YahooServer.NOW);

    @TempDir
    private Path folder;

    @BeforeEach
    void answerWithBars() {
        YahooServer.answersWithBars();
    }

    private RowStore store(boolean offline) {
        YahooSource oneTry = new YahooSource(clock, Duration.ofSeconds(20), List.of(), length -> {});
        return new RowStore(folder, offline, clock, null, oneTry);
    }

    private static final Definition DEFINITION = Definitions.ofDirection(AAPL, LocalDate.parse("2019-09-01"));

    @Test
    void keepsDownloadedRowsAsCanonicalCsv() throws IOException {
        Rows rows = store(false).rows(DEFINITION);

        assertThat(rows.origin()).isEqualTo("Yahoo Finance AAPL 1d");
        assertThat(rows.notes()).contains("missing price", "split");
        assertThat(rows.stale()).isFalse();
        assertThat(folder.resolve(FILE)).hasContent(TableCsvTest.golden("aapl.csv"));
        assertThat(folder.resolve(FILE)).hasBinaryContent(TableCsv.write(rows.table()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void asksForEnoughDaysBeforeTheAnchor() {
        store(false).rows(DEFINITION);

        // 624 rows take about two years and a half; from the first of January.
        YahooServer.SERVER.verify(
                anyRequestedFor(anyUrl()).withQueryParam("period1", equalTo(epochSecond("2016-01-01"))));
    }

    @Test
    void countsBackFromTodayWithoutAnAnchorOrWithOneInTheFuture() {
        store(false).rows(Definitions.ofDirection(AAPL, null));
        YahooServer.SERVER.verify(
                anyRequestedFor(anyUrl()).withQueryParam("period1", equalTo(epochSecond("2017-01-01"))));

        // The same range, so the same kept rows.
        answerWithBars();
        store(false)
                .rows(Definitions.ofDirection(
                        new Source.Yahoo("AAPL", "1d", null, null), LocalDate.parse("2999-01-01")));
        assertThat(YahooServer.requests()).isZero();
    }

    private static String epochSecond(String day) {
        return String.valueOf(LocalDate.parse(day).toEpochDay() * 86_400);
    }

    @Test
    void downloadsAgainOnlyAfterFifteenMinutes() {
        RowStore store = store(false);
        store.rows(DEFINITION);
        clock.pass(FRESH.minusSeconds(1));
        store.rows(DEFINITION);
        assertThat(YahooServer.requests()).isEqualTo(1);

        clock.pass(Duration.ofSeconds(1));
        store.rows(DEFINITION);
        assertThat(YahooServer.requests()).isEqualTo(2);
    }

    @Test
    void takesWhatAnotherProcessHasJustDownloaded() {
        Rows first = store(false).rows(DEFINITION);
        clock.pass(FRESH.minusSeconds(1));

        Rows second = store(false).rows(DEFINITION);

        assertThat(YahooServer.requests()).isEqualTo(1);
        assertThat(TableCsv.write(second.table())).isEqualTo(TableCsv.write(first.table()));
        assertThat(second.notes()).isEqualTo(first.notes());
    }

    @Test
    void doesNotTrustAFileFromTheFuture() throws IOException {
        store(false).rows(DEFINITION);
        Files.setLastModifiedTime(folder.resolve(FILE), FileTime.from(YahooServer.NOW.plusSeconds(3600)));

        store(false).rows(DEFINITION);

        assertThat(YahooServer.requests()).isEqualTo(2);
    }

    @Test
    void usesKeptRowsWhenTheSourceFails() {
        store(false).rows(DEFINITION);
        clock.pass(FRESH);
        YahooServer.answersStatus(503);

        Rows rows = store(false).rows(DEFINITION);

        assertThat(rows.table().rows()).isEqualTo(4);
        assertThat(rows.stale()).isTrue();
        assertThat(rows.notes())
                .endsWith("; Yahoo Finance failed (HTTP 503); rows downloaded at 2020-09-02T15:00:00Z used instead");
    }

    @Test
    void leavesASourceThatFailedAloneForAMinute() {
        RowStore store = store(false);
        YahooServer.answersStatus(429);
        assertThatThrownBy(() -> store.rows(DEFINITION)).isInstanceOf(SourceException.class);
        assertThatThrownBy(() -> store.rows(DEFINITION)).hasMessageContaining("(HTTP 429)");
        assertThat(YahooServer.requests()).isEqualTo(1);

        clock.pass(Duration.ofMinutes(1));
        answerWithBars();

        assertThat(store.rows(DEFINITION).stale()).isFalse();
    }

    @Test
    void saysWhatToDoWhenTheSourceFailsAndNothingIsKept() {
        YahooServer.answersStatus(404);

        assertThatThrownBy(() -> store(false).rows(DEFINITION))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "Yahoo Finance AAPL 1d: Yahoo Finance knows no ticker AAPL (HTTP 404), and no readable rows of it are kept in "
                                + folder + ". Check the ticker and the network, or try again later.");
    }

    @Test
    void neverReachesOutWhenOffline() {
        assertThatThrownBy(() -> store(true).rows(DEFINITION))
                .isInstanceOf(SourceException.class)
                .hasMessage("Yahoo Finance AAPL 1d: offline, and no readable rows of it are kept in " + folder
                        + ". Run once without --offline to download them.");
        assertThat(YahooServer.requests()).isZero();
    }

    @Test
    void usesKeptRowsWhenOfflineHoweverOld() {
        store(false).rows(DEFINITION);
        clock.pass(Duration.ofDays(30));

        Rows rows = store(true).rows(DEFINITION);

        assertThat(rows.table().rows()).isEqualTo(4);
        assertThat(rows.stale()).isTrue();
        assertThat(rows.notes()).endsWith("; offline, downloaded at 2020-09-02T15:00:00Z");
        assertThat(YahooServer.requests()).isEqualTo(1);
    }

    @Test
    void downloadsInPlaceOfAFileThatCannotBeRead() throws IOException {
        store(false).rows(DEFINITION);
        for (String damage : List.of("", "date,open\n", "date,open\nyesterday,1\n", "date,open\n2020-09-01,\n")) {
            Files.writeString(folder.resolve(FILE), damage);
            Files.setLastModifiedTime(folder.resolve(FILE), FileTime.from(YahooServer.NOW));

            assertThat(store(false).rows(DEFINITION).table().rows()).isEqualTo(4);
            assertThat(folder.resolve(FILE)).hasContent(TableCsvTest.golden("aapl.csv"));
        }
    }

    @Test
    void runsWithoutAFolderToKeepRowsIn() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        RowStore store = new RowStore(file, false, clock);

        Rows rows = store.rows(DEFINITION);
        store.rows(DEFINITION);

        assertThat(rows.table().rows()).isEqualTo(4);
        assertThat(rows.notes()).endsWith("; rows could not be kept in " + file);
        assertThat(YahooServer.requests()).isEqualTo(1);
    }

    @Test
    void callsRowsStaleWhenTheNewestIsMoreThanFiveDaysOld() {
        clock.pass(Duration.ofDays(4));
        assertThat(store(false).rows(DEFINITION).stale()).isFalse();

        clock.pass(Duration.ofDays(2));
        assertThat(store(false).rows(DEFINITION).stale()).isTrue();
    }

    @Test
    void keepsTickersApartWithinTheFolder() throws IOException {
        for (String ticker : List.of("^GSPC", "BRK-B", "BRK.B")) {
            YahooServer.answers(okJson(YahooServer.chart().toString().replace("AAPL", ticker)));
            store(false).rows(Definitions.ofDirection(new Source.Yahoo(ticker, "1d", null, null), null));
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".csv")))
                    .containsExactlyInAnyOrder(
                            "yahoo-^GSPC-1d-from-2017-01-01.csv",
                            "yahoo-BRK-B-1d-from-2017-01-01.csv",
                            "yahoo-BRK.B-1d-from-2017-01-01.csv");
        }
    }

    @Test
    void readsTheFallbackWhereThatWasChosenWithoutAsking() {
        Source fallback = new Source.Yahoo("SPY", "1d", "sp500-2000", Source.Choice.FALLBACK);

        Rows rows = store(false).rows(Definitions.ofDirection(fallback, LocalDate.parse("2019-04-17")));

        assertThat(rows.table().rows()).isEqualTo(5105);
        assertThat(rows.origin()).isEqualTo("bundled rows sp500-2000");
        assertThat(rows.notes())
                .isEqualTo("fallback for Yahoo Finance SPY 1d, chosen when the models repository was made");
        assertThat(rows.stale()).isTrue();
        assertThat(YahooServer.requests()).isZero();
    }

    @Test
    void readsABundledHistoryThatTheDefinitionNames() {
        Rows rows = store(true).rows(Definitions.ofDirection(new Source.Bundled("sp500-2000"), null));

        assertThat(rows.origin()).isEqualTo("bundled rows sp500-2000");
        assertThat(rows.notes()).isEmpty();
        assertThat(rows.stale()).isTrue();
    }

    @Test
    void readsBundledRowsWithoutKeys() {
        Definition iris = Definitions.ofLabel(new Source.Bundled("iris"), "species", "petal_width", "petal_length");

        Rows rows = store(true).rows(iris);

        assertThat(rows.origin()).isEqualTo("bundled rows iris");
        assertThat(rows.notes()).isEqualTo("columns that nothing asks for: sepal_length, sepal_width");
        assertThat(rows.stale()).isFalse();
        assertThat(rows.table().columns()).containsExactly("petal_length", "petal_width", "species");
        byte[] kept = TableCsv.write(rows.table());
        assertThat(TableCsv.write(TableCsv.read(kept, "iris.csv", Shape.of(iris))))
                .isEqualTo(kept);
    }

    @Test
    void asksForAllDaysWhereASplitTakesAllRows() {
        store(false).rows(Definitions.ofValue(AAPL, "volume", "close"));

        YahooServer.SERVER.verify(
                anyRequestedFor(anyUrl()).withQueryParam("period1", equalTo(epochSecond("1900-01-01"))));
    }

    private RowStore files(@Nullable Path data) {
        return new RowStore(folder, true, clock, data);
    }

    private static Source.Csv gold(Source.@Nullable Choice chosen) {
        return new Source.Csv("gold.csv", "Date", ",", ".", null, null, "M/d/yyyy", "UTF-8", "gold-generated", chosen);
    }

    @Test
    void readsAFileBelowTheDataFolderEachTime(@TempDir Path data) throws IOException {
        Definition definition = Definitions.ofValue(gold(Source.Choice.SOURCE), "EUR", "USD");
        Files.writeString(data.resolve("gold.csv"), "Date,EUR,USD,GBP\n1/2/1979,1,2,3\n");
        Rows rows = files(data).rows(definition);
        assertThat(rows.origin()).isEqualTo("csv gold.csv");
        assertThat(rows.notes()).isEqualTo("columns that nothing asks for: GBP");
        assertThat(rows.stale()).isTrue();
        assertThat(TableCsv.write(rows.table())).asString().isEqualTo("Date,EUR,USD\n1979-01-02,1,2\n");

        Files.writeString(data.resolve("gold.csv"), "Date,EUR,USD,GBP\n1/2/1979,1,2,3\n1/3/1979,1,2,3\n");
        assertThat(files(data).rows(definition).table().rows()).isEqualTo(2);
    }

    @Test
    void readsTheFallbackOfAFileWhereThatWasChosen() {
        Rows rows = files(null).rows(Definitions.ofValue(gold(Source.Choice.FALLBACK), "EUR", "USD"));

        assertThat(rows.origin()).isEqualTo("bundled rows gold-generated");
        assertThat(rows.notes())
                .startsWith(
                        "fallback for csv gold.csv, chosen when the models repository was made; columns that nothing asks"
                                + " for: JPY, GBP");
        assertThat(rows.table().columns()).containsExactly("EUR", "USD");
        assertThat(rows.stale()).isFalse();
    }

    @Test
    void saysWhatToDoWithoutADataFolder() {
        assertThatThrownBy(() -> files(null).rows(Definitions.ofValue(gold(null), "EUR", "USD")))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("LAUREL_DATA");
    }
}

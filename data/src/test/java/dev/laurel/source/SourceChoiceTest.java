package dev.laurel.source;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceChoiceTest {
    private static final Source.Yahoo AAPL = new Source.Yahoo("AAPL", "1d", "sp500-2000", null);

    private static SourceChoice choice(boolean offline) {
        return SourceChoice.make(AAPL, offline, YahooServer.clock(), null).orElseThrow();
    }

    private static SourceChoice fallback(String why) {
        return new SourceChoice(Source.Choice.FALLBACK, why, "2020-04-17", LocalDate.parse("2019-04-17"));
    }

    @Test
    void takesTheSourceWhenItAnswersWithBars() {
        YahooServer.answersWithBars();

        assertThat(choice(false))
                .isEqualTo(new SourceChoice(
                        Source.Choice.SOURCE,
                        "Yahoo Finance has 1d bars of AAPL",
                        "2020-09-01",
                        LocalDate.parse("2019-09-01")));
    }

    @Test
    void takesTheFallbackWhenTheSourceIsOutOfReach() {
        YahooServer.answers(temporaryRedirect("http://no-such-host.invalid/"));

        assertThat(choice(false))
                .isEqualTo(fallback("Yahoo Finance is out of reach (no such host: no-such-host.invalid)"));
    }

    @Test
    void asksOnlyOnce() {
        YahooServer.answersStatus(429);

        assertThat(choice(false))
                .isEqualTo(fallback("Yahoo Finance takes no more requests from here for now (HTTP 429)"));
        assertThat(YahooServer.requests()).isEqualTo(1);
    }

    @Test
    void takesTheFallbackWhenTheAnswerHoldsNoBars() {
        YahooServer.answers(ok("<html>"));

        assertThat(choice(false).choice()).isEqualTo(Source.Choice.FALLBACK);
    }

    @Test
    void takesTheFallbackWithoutAskingWhenOffline() {
        YahooServer.answersWithBars();

        assertThat(choice(true)).isEqualTo(fallback("offline"));
        assertThat(YahooServer.requests()).isZero();
    }

    @Test
    void saysWhatToDoWithoutAFallback() {
        Source.Yahoo alone = new Source.Yahoo("AAPL", "1d", null, null);

        assertThatThrownBy(() -> SourceChoice.make(alone, true, YahooServer.clock(), null))
                .isInstanceOf(SourceException.class)
                .hasMessage("AAPL: offline, and the source has no fallback. Add one to the definition, as in"
                        + " 'fallback: sp500-2000', or try again later.");
    }

    private static Source.Csv gold(@Nullable String key, @Nullable String form, @Nullable String fallback) {
        return new Source.Csv("gold.csv", key, ",", ".", null, null, form, "UTF-8", fallback, null);
    }

    private static Optional<SourceChoice> choice(Source source, @Nullable Path data) {
        return SourceChoice.make(source, false, YahooServer.clock(), data);
    }

    @Test
    void takesAFileThatIsThere(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("gold.csv"), "Date,EUR\n7/21/2023,not read here\n7/20/2023,1\n");

        assertThat(choice(gold("Date", "M/d/yyyy", "gold-generated"), data))
                .contains(new SourceChoice(
                        Source.Choice.SOURCE,
                        "gold.csv is in the data folder",
                        "2023-07-21",
                        LocalDate.parse("2022-07-21")));
        assertThat(choice(gold(null, null, "gold-generated"), data))
                .contains(new SourceChoice(Source.Choice.SOURCE, "gold.csv is in the data folder", null, null));
    }

    @Test
    void takesTheFallbackOfAFileThatIsNotThere(@TempDir Path data) {
        SourceChoice choice =
                choice(gold("Date", "M/d/yyyy", "gold-generated"), data).orElseThrow();

        assertThat(choice.choice()).isEqualTo(Source.Choice.FALLBACK);
        assertThat(choice.why()).isEqualTo("gold.csv: no such file in " + data);
        assertThat(choice.anchor()).isEqualTo(LocalDate.parse(choice.newest()).minusYears(1));
        assertThat(choice(gold(null, null, "iris"), null))
                .contains(new SourceChoice(Source.Choice.FALLBACK, "gold.csv: no data folder", null, null));
        assertThat(choice(gold("month", null, "airline-passengers"), data).orElseThrow())
                .isEqualTo(
                        new SourceChoice(Source.Choice.FALLBACK, "gold.csv: no such file in " + data, "1960-12", null));
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsThere(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("gold.csv"), "date,EUR\n2020-01-02,1\n");

        assertThatThrownBy(() -> choice(gold("Date", null, "gold-generated"), data))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("gold.csv:1: column: Date (expected: a name of the header, where the nearest is date)");
    }

    @Test
    void leavesSourcesWithoutAChoiceAlone() {
        assertThat(choice(gold("Date", null, null), null)).isEmpty();
        assertThat(choice(new Source.Bundled("iris"), null)).isEmpty();
    }
}

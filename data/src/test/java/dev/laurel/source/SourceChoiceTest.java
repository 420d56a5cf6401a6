package dev.laurel.source;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SourceChoiceTest {
    private static final Source.Yahoo AAPL = new Source.Yahoo("AAPL", "1d", "sp500-2000", null);

    private static SourceChoice choice(boolean offline) {
        return SourceChoice.make(AAPL, offline, YahooServer.clock());
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
                .isEqualTo(fallback("Yahoo Finance is out of reach (UnknownHostException: no-such-host.invalid)"));
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

        assertThatThrownBy(() -> SourceChoice.make(alone, true, YahooServer.clock()))
                .isInstanceOf(SourceException.class)
                .hasMessage("AAPL: offline, and the source has no fallback. Add one to the definition, as in"
                        + " 'fallback: sp500-2000', or try again later.");
    }
}

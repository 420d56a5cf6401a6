package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.table.Table;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BundledHistoryTest {
    @Test
    void holdsTheDailyIndexFrom2000To2020() {
        Table table = BundledHistory.table("sp500-2000");

        assertThat(table.rows()).isEqualTo(5105);
        assertThat(table.keyColumn()).isEqualTo("date");
        assertThat(table.columns()).containsExactly("open", "high", "low", "close", "adjclose", "volume");
        assertThat(table.key(0)).isEqualTo("2000-01-03");
        assertThat(table.value("close", 0)).isEqualTo(1455.219971);
        assertThat(table.value("volume", 0)).isEqualTo(931_800_000);
        assertThat(table.key(5104)).isEqualTo("2020-04-17");
        assertThat(table.value("close", 5104)).isEqualTo(2874.560059);
    }

    @Test
    void isReadOnce() {
        assertThat(BundledHistory.table("sp500-2000")).isSameAs(BundledHistory.table("sp500-2000"));
    }

    @Test
    void isTheFileThatTheReadmeBesideItNames() throws IOException {
        try (InputStream csv = BundledHistory.class.getResourceAsStream("sp500-2000.csv");
                InputStream readme = BundledHistory.class.getResourceAsStream("README.md")) {
            String digest = Digest.of(csv.readAllBytes()).hex();

            assertThat(digest).isEqualTo("9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8");
            assertThat(new String(readme.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(digest, "BSD-3-Clause", "vega-datasets");
        }
    }

    @Test
    void refusesANameThatItDoesNotKnow() {
        assertThatThrownBy(() -> BundledHistory.table("../sp500-2000"))
                .isInstanceOf(SourceException.class)
                .hasMessage("history: ../sp500-2000 (expected: one of [sp500-2000])");
    }
}

package dev.laurel.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @ParameterizedTest
    @EnumSource(Limit.class)
    void eachHasAUsualValueWithinItsBounds(Limit limit) {
        assertThat(Limits.USUAL.get(limit)).isBetween(limit.lowest(), limit.highest());
        assertThat(Limits.of(Map.of(limit.setting(), Integer.toString(limit.highest())))
                        .get(limit))
                .isEqualTo(limit.highest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "0", "99999999999999"})
    void namesWhatIsWrong(String value) {
        assertThatThrownBy(() -> Limits.of(Map.of("LAUREL_LIMIT_REQUESTS", value)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "LAUREL_LIMIT_REQUESTS: %s (expected: 1..10000 requests that are worked on at one time, besides Git's)",
                        value);
    }

    @Test
    void aMisspeltOneDoesNotLeaveTheUsualOne() {
        assertThatThrownBy(() -> Limits.of(Map.of("LAUREL_LIMIT_BODIES", "5000")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("LAUREL_LIMIT_BODIES: 5000 (expected: a limit that there is, such as LAUREL_LIMIT_BODY)");
    }

    @Test
    void theDocumentationHasThemAll() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));

        assertThat(Arrays.stream(Limit.values()))
                .allSatisfy(limit -> assertThat(page)
                        .contains("| `%s` | %s | %s |".formatted(limit.setting(), limit.usual(), limit.meaning())));
    }

    @Test
    void aRateHoldsOnAverageAndLetsASecondsWorthThroughAtOnce() {
        AtomicLong now = new AtomicLong();
        Rate rate = new Rate(2, now::get);

        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        now.addAndGet(500_000_000);
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
        now.addAndGet(60_000_000_000L);
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isTrue();
        assertThat(rate.take()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop short", "shop", "Shop 0123456789abcdef", "shop 0123456789abcdef more", "# nothing"})
    void aFileOfTokensIsRefusedWithoutAWordOfIt(String text) {
        assertThatThrownBy(() -> Tokens.of("LAUREL_TOKENS_FILE", text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("LAUREL_TOKENS_FILE: ")
                .hasMessageContaining("lines of a name and a token")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("0123456789abcdef"));
    }

    @Test
    void tokensHaveOwners() {
        Tokens tokens = Tokens.of("LAUREL_TOKENS", "# who\nshop 0123456789abcdef\n\nbank fedcba9876543210\n");

        assertThat(tokens.owner("fedcba9876543210")).contains("bank");
        assertThat(tokens.owner("0123456789abcdeF")).isEmpty();
        assertThat(tokens.toString()).doesNotContain("0123456789abcdef");
    }
}

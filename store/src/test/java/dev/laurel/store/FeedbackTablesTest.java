package dev.laurel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.database.DatabaseException;
import dev.laurel.database.TestDatabase;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedbackTablesTest {
    private static final ModelName SPY = new ModelName("spy-direction");
    private static final Version V1 = new Version(1);
    private static final Version V2 = new Version(2);
    private static final Digest FILE = Digest.of("file".getBytes(StandardCharsets.UTF_8));

    private final TestDatabase postgres = TestDatabase.create();
    private final FeedbackTables tables = open();
    private Instant now = Instant.now();

    private FeedbackTables open() {
        return new FeedbackTables("database", () -> Store.open(postgres.address(), Map.of()), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private GivenAnswer answer(String request, Version version, String role, @Nullable String key, String label) {
        now = now.plusMillis(1);
        return new GivenAnswer(SPY, request, 0, role, version, FILE, key, label, null, 0.7, null, now);
    }

    private GivenAnswer value(String request, double value) {
        return new GivenAnswer(
                SPY, request, 0, "champion", V1, FILE, null, String.valueOf(value), value, null, null, now);
    }

    private static Truth truth(String request, String actual) {
        return new Truth(Subject.request(SPY, request, 0), actual, null, Instant.now());
    }

    @Test
    void joinsTruthsToWhatEachVersionAnswered() {
        tables.keep(List.of(
                answer("a", V1, "champion", null, "up"),
                answer("a", V2, "challenger", null, "down"),
                answer("b", V1, "champion", null, "up")));

        assertThat(tables.tell(List.of(truth("a", "up"), truth("b", "down"), truth("c", "down"))))
                .containsExactly(TellOutcome.COUNTED, TellOutcome.COUNTED, TellOutcome.UNMATCHED);

        assertThat(tables.scores(SPY))
                .containsExactly(
                        new Score(V1, "champion", new Tally(2, 1, 0, 0, 0)),
                        new Score(V2, "challenger", new Tally(1, 0, 0, 0, 0)));
        assertThat(tables.live(SPY, V1, V2))
                .isEqualTo(
                        new LiveScores(new Tally(2, 1, 0, 0, 0), new Tally(1, 1, 0, 0, 0), new Tally(1, 0, 0, 0, 0)));
    }

    @Test
    void whatIsToldTwiceCountsOnceAndWhatIsToldLastCounts() {
        tables.keep(List.of(answer("a", V1, "champion", null, "up")));

        assertThat(tables.tell(List.of(truth("a", "down"), truth("a", "down"))))
                .containsExactly(TellOutcome.COUNTED, TellOutcome.REPEATED);
        assertThat(tables.tell(List.of(truth("a", "up")))).containsExactly(TellOutcome.CORRECTED);
        assertThat(tables.scores(SPY)).containsExactly(new Score(V1, "champion", new Tally(1, 1, 0, 0, 0)));
    }

    @Test
    void anAnswerThatAnotherServerWritesAfterItsTruthIsCounted() {
        tables.tell(List.of(truth("a", "up")));
        assertThat(tables.scores(SPY)).isEmpty();

        try (FeedbackTables other = open()) {
            other.keep(List.of(answer("a", V1, "champion", null, "up")));
        }
        assertThat(tables.scores(SPY)).containsExactly(new Score(V1, "champion", new Tally(1, 1, 0, 0, 0)));
    }

    @Test
    void ofSeveralAnswersForAKeyTheLastOneCounts() {
        tables.keep(List.of(
                answer("a", V1, "champion", "2020-04-17", "up"), answer("b", V1, "champion", "2020-04-17", "down")));

        assertThat(tables.tell(List.of(new Truth(Subject.key(SPY, "2020-04-17"), "down", null, now))))
                .containsExactly(TellOutcome.COUNTED);
        assertThat(tables.scores(SPY)).containsExactly(new Score(V1, "champion", new Tally(1, 1, 0, 0, 0)));
    }

    @Test
    void valuesHaveErrors() {
        tables.keep(List.of(value("a", 3), value("b", 1)));
        tables.tell(List.of(
                new Truth(Subject.request(SPY, "a", 0), "1.0", 1.0, now),
                new Truth(Subject.request(SPY, "b", 0), "2.0", 2.0, now)));

        assertThat(tables.scores(SPY)).containsExactly(new Score(V1, "champion", new Tally(2, 0, 3, 5, 17)));
    }

    @Test
    void aChampionThatCameBackBeginsAnew() {
        tables.keep(List.of(
                answer("a", V1, "champion", null, "up"),
                answer("b", V2, "champion", null, "up"),
                answer("c", V1, "champion", null, "up")));
        tables.tell(List.of(truth("a", "down"), truth("b", "up"), truth("c", "up")));

        assertThat(tables.live(SPY, V1, null).champion()).isEqualTo(new Tally(1, 1, 0, 0, 0));
    }

    @Test
    void aRowIsWrittenOnceAndWhatIsOldIsDeleted() {
        GivenAnswer answer = answer("a", V1, "champion", null, "up");
        tables.keep(List.of(answer, answer));
        assertThat(postgres.rows("select request_id, predicted, probability, columns from feedback"))
                .containsExactly("a|up|0.7|null");

        postgres.execute("update feedback set answered_at = now() - interval '91 days'");
        try (FeedbackTables other = open()) {
            other.keep(List.of(answer("b", V1, "champion", null, "up")));
        }
        assertThat(postgres.rows("select request_id from feedback")).containsExactly("b");
    }

    @Test
    void anAnswerWaitsUntilSomebodyTellsOfItsRequestOrItsKey() {
        tables.keep(List.of(
                answer("a", V1, "champion", "2020-04-17", "up"),
                answer("b", V1, "champion", "2020-04-18", "up"),
                answer("b", V2, "challenger", "2020-04-18", "up"),
                answer("c", V1, "champion", null, "up")));
        assertThat(tables.waiting(SPY))
                .containsExactly(new Waiting(V1, "champion", 3), new Waiting(V2, "challenger", 1));

        tables.tell(List.of(truth("a", "up"), new Truth(Subject.key(SPY, "2020-04-18"), "down", null, now)));
        assertThat(tables.waiting(SPY)).containsExactly(new Waiting(V1, "champion", 1));
        assertThat(tables.waiting(new ModelName("other"))).isEmpty();
    }

    @Test
    void whatADatabaseNeverTakesIsNoOutage() {
        assertThatThrownBy(() -> tables.keep(List.of(answer("a", V1, "champion", "a\0b", "up"))))
                .isInstanceOf(DatabaseException.class);

        tables.keep(List.of(answer("b", V1, "champion", null, "up")));
        assertThat(postgres.rows("select request_id from feedback")).containsExactly("b");
    }

    @Test
    void aDatabaseThatIsAwayIsSaidAndAskedAgain() {
        try (FeedbackTables away = new FeedbackTables(
                "database", () -> Store.open("jdbc:postgresql://127.0.0.1:1/none", Map.of()), Clock.systemUTC())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> away.tell(List.of(truth("a", "up"))))
                        .isInstanceOf(FeedbackUnavailableException.class)
                        .hasMessageContaining("127.0.0.1:1/none: cannot be reached");
            }
        }
        tables.keep(List.of(answer("a", V1, "champion", null, "up")));
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and application_name = 'laurel'");
        assertThatThrownBy(() -> tables.scores(SPY)).isInstanceOf(FeedbackUnavailableException.class);
    }
}

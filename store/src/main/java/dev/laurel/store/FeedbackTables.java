package dev.laurel.store;

import dev.laurel.database.DatabaseException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Feedback in PostgreSQL, for any number of servers. One connection, made when it is needed and again after it broke; what is older than
 * {@link #KEPT} is deleted. Long since all that is asked of both tables stands here, with its SQL.
 */
public final class FeedbackTables implements FeedbackStore {
    /** How long answers wait for their truth, and truths count. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final Duration BETWEEN_DELETIONS = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** A host that vanished says nothing: without an end a connection to it would be waited for until the system gives it up. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    private static final String KEEP = """
            insert into feedback (model, version, digest, role, request_id, place, key, predicted, value, probability, columns, answered_at)
            select * from unnest(?::text[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::text[],
                ?::double precision[], ?::double precision[], ?::jsonb[], ?::timestamptz[])
            on conflict (model, request_id, place, role) do update set
                version = excluded.version, digest = excluded.digest, key = excluded.key, predicted = excluded.predicted,
                value = excluded.value, probability = excluded.probability, columns = excluded.columns, answered_at = excluded.answered_at
            """;

    /** A row that is there is locked first, so that of two that tell the same at once one is a repetition. */
    private static final String KNOWN = """
            select actual, value, told_at from actuals where model = ? and about = ? and name = ? and place = ? for update
            """;

    private static final String TELL = """
            insert into actuals as a (model, about, name, place, actual, value, told_at) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (model, about, name, place) do update set
                actual = excluded.actual, value = excluded.value, told_at = excluded.told_at
            """;

    private static final String ANSWERED_REQUEST =
            "select 1 from feedback where model = ? and request_id = ? and place = ? limit 1";
    private static final String ANSWERED_KEY =
            "select 1 from feedback where model = ? and key collate \"C\" = ? limit 1";

    /** Newest truths with the answers that they are about; of several answers for a key the last one of each version and role. */
    private static final String JOINED = """
            with told as (
                select * from actuals where model = ? order by told_at desc limit %s
            ), joined as (
                select t.about, t.name, t.place, f.version, f.role, f.answered_at,
                    (f.predicted = t.actual)::integer as right_one, f.value - t.value as error
                from told t join feedback f
                    on t.about = 'request' and f.model = t.model and f.request_id = t.name and f.place = t.place
                union all
                (select distinct on (t.name, f.version, f.role) t.about, t.name, t.place, f.version, f.role, f.answered_at,
                    (f.predicted = t.actual)::integer, f.value - t.value
                from told t join feedback f on t.about = 'key' and f.model = t.model and f.key collate "C" = t.name
                order by t.name, f.version, f.role, f.answered_at desc)
            )
            """.formatted(WINDOW);

    private static final String SUMS = """
            count(*), sum(case when %1$s.error is null then %1$s.right_one else 0 end), coalesce(sum(abs(%1$s.error)), 0),
            coalesce(sum(power(%1$s.error, 2)), 0), coalesce(sum(power(%1$s.error, 4)), 0)
            """;

    private static final String SCORES = JOINED + "select j.version, j.role, " + SUMS.formatted("j")
            + " from joined j group by j.version, j.role order by j.version, j.role";

    /** A champion that was another one meanwhile begins anew. */
    private static final String CHAMPION = JOINED + "select " + SUMS.formatted("j") + """
             from joined j where j.role = 'champion' and j.version = ? and j.answered_at > coalesce(
                (select max(answered_at) from feedback where model = ? and role = 'champion' and version <> ?), '-infinity')
            """;

    private static final String BESIDE = JOINED + "select " + SUMS.formatted("c") + ", " + SUMS.formatted("j") + """
             from joined c join joined j using (about, name, place)
            where c.role = 'champion' and c.version = ? and j.role = 'challenger' and j.version = ?
            """;

    /** Of the newest answers alone, so that it costs the same however many there are. */
    private static final String WAITING = """
            select f.version, f.role, count(*)
            from (select * from feedback where model = ? order by answered_at desc limit %s) f
            where not exists (
                    select 1 from actuals t where t.model = f.model and t.about = 'request' and t.name = f.request_id and t.place = f.place)
                and not exists (
                    select 1 from actuals t where f.key is not null and t.model = f.model and t.about = 'key' and t.name = f.key and t.place = 0)
            group by f.version, f.role order by f.version, f.role
            """.formatted(WINDOW);

    private final Opening opening;
    private final String described;
    private final Clock clock;
    /** So that a server that hangs costs one thread, not all. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile @Nullable Store store;
    private volatile String problem = "";
    private volatile Instant nextAttempt = Instant.MIN;
    private volatile Instant nextDeletion = Instant.MIN;

    /** Opens the store, or says why it cannot. */
    @FunctionalInterface
    public interface Opening {
        Store open();
    }

    /** @param described for people, before anything is opened */
    public FeedbackTables(String described, Opening opening, Clock clock) {
        this.described = described;
        this.opening = opening;
        this.clock = clock;
    }

    @Override
    public String described() {
        return described;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void keep(List<GivenAnswer> answers) {
        // One statement may not write a row twice; a request that has the id of another one comes last.
        Map<List<Object>, GivenAnswer> once = new LinkedHashMap<>();
        answers.forEach(
                answer -> once.put(List.of(answer.model(), answer.requestId(), answer.place(), answer.role()), answer));
        Arrays<GivenAnswer> rows = new Arrays<>(once.values());
        int unused = commit(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
                rows.set(insert, 1, "text", answer -> answer.model().value());
                rows.set(insert, 2, "integer", answer -> answer.version().number());
                rows.set(insert, 3, "text", answer -> answer.digest().toString());
                rows.set(insert, 4, "text", GivenAnswer::role);
                rows.set(insert, 5, "text", GivenAnswer::requestId);
                rows.set(insert, 6, "integer", GivenAnswer::place);
                rows.set(insert, 7, "text", GivenAnswer::key);
                rows.set(insert, 8, "text", GivenAnswer::predicted);
                rows.set(insert, 9, "float8", GivenAnswer::value);
                rows.set(insert, 10, "float8", GivenAnswer::probability);
                rows.set(insert, 11, "jsonb", answer -> Json.orNull(answer.columns()));
                rows.set(insert, 12, "timestamptz", answer -> answer.at().toString());
                return insert.executeUpdate();
            }
        });
        deleteOld();
    }

    private void deleteOld() {
        Instant now = clock.instant();
        if (now.isBefore(nextDeletion)) {
            return;
        }
        nextDeletion = now.plus(BETWEEN_DELETIONS);
        int unused = commit(connection -> delete(connection, "delete from feedback where answered_at < ?", now)
                + delete(connection, "delete from actuals where told_at < ?", now));
    }

    private static int delete(Connection connection, String sql, Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, now.minus(KEPT).atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }

    @Override
    public List<TellOutcome> tell(List<Truth> truths) {
        return commit(connection -> {
            List<TellOutcome> outcomes = new ArrayList<>();
            for (Truth truth : truths) {
                outcomes.add(tell(connection, truth));
            }
            return outcomes;
        });
    }

    private static TellOutcome tell(Connection connection, Truth truth) throws SQLException {
        Truth before = known(connection, truth.of());
        if (before != null && before.saysTheSameAs(truth)) {
            return TellOutcome.REPEATED;
        }
        try (PreparedStatement tell = connection.prepareStatement(TELL)) {
            set(tell, truth.of());
            tell.setString(5, truth.actual());
            tell.setObject(6, truth.value());
            tell.setObject(7, truth.at().atOffset(ZoneOffset.UTC));
            tell.executeUpdate();
        }
        if (before != null) {
            return TellOutcome.CORRECTED;
        }
        return isAnswered(connection, truth.of()) ? TellOutcome.COUNTED : TellOutcome.UNMATCHED;
    }

    private static @Nullable Truth known(Connection connection, Subject of) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement(KNOWN)) {
            set(known, of);
            try (ResultSet found = known.executeQuery()) {
                if (!found.next()) {
                    return null;
                }
                return new Truth(of, found.getString(1), found.getObject(2, Double.class), Instant.EPOCH);
            }
        }
    }

    private static void set(PreparedStatement statement, Subject of) throws SQLException {
        statement.setString(1, of.model().value());
        statement.setString(2, of.about().name().toLowerCase(Locale.ROOT));
        statement.setString(3, of.name());
        statement.setInt(4, of.place());
    }

    private static boolean isAnswered(Connection connection, Subject of) throws SQLException {
        boolean byRequest = of.about() == Subject.About.REQUEST;
        try (PreparedStatement answered = connection.prepareStatement(byRequest ? ANSWERED_REQUEST : ANSWERED_KEY)) {
            answered.setString(1, of.model().value());
            answered.setString(2, of.name());
            if (byRequest) {
                answered.setInt(3, of.place());
            }
            try (ResultSet found = answered.executeQuery()) {
                return found.next();
            }
        }
    }

    @Override
    public List<Score> scores(ModelName model) {
        return commit(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SCORES)) {
                query.setString(1, model.value());
                List<Score> scores = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        scores.add(new Score(new Version(rows.getInt(1)), rows.getString(2), tally(rows, 3)));
                    }
                }
                return scores;
            }
        });
    }

    @Override
    public List<Waiting> waiting(ModelName model) {
        return commit(connection -> {
            try (PreparedStatement query = connection.prepareStatement(WAITING)) {
                query.setString(1, model.value());
                List<Waiting> waiting = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        waiting.add(new Waiting(new Version(rows.getInt(1)), rows.getString(2), rows.getLong(3)));
                    }
                }
                return waiting;
            }
        });
    }

    @Override
    public LiveScores live(ModelName model, Version champion, @Nullable Version challenger) {
        return commit(connection -> {
            Tally alone;
            try (PreparedStatement query = connection.prepareStatement(CHAMPION)) {
                query.setString(1, model.value());
                query.setInt(2, champion.number());
                query.setString(3, model.value());
                query.setInt(4, champion.number());
                try (ResultSet rows = query.executeQuery()) {
                    alone = rows.next() ? tally(rows, 1) : Tally.NONE;
                }
            }
            if (challenger == null) {
                return new LiveScores(alone, Tally.NONE, Tally.NONE);
            }
            try (PreparedStatement query = connection.prepareStatement(BESIDE)) {
                query.setString(1, model.value());
                query.setInt(2, champion.number());
                query.setInt(3, challenger.number());
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next() ? new LiveScores(alone, tally(rows, 1), tally(rows, 6)) : LiveScores.NONE;
                }
            }
        });
    }

    private static Tally tally(ResultSet rows, int first) throws SQLException {
        return new Tally(
                rows.getLong(first),
                rows.getLong(first + 1),
                rows.getDouble(first + 2),
                rows.getDouble(first + 3),
                rows.getDouble(first + 4));
    }

    /** A connection that failed is not used again, and for a moment nobody waits for another one. */
    private <T> T commit(Store.Work<T> work) {
        expectTurn();
        try {
            if (clock.instant().isBefore(nextAttempt)) {
                throw new FeedbackUnavailableException(problem, null);
            }
            Store open = store;
            if (open == null) {
                open = opening.open();
                store = open;
                int unused = open.commit(connection -> {
                    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_ANSWER.toMillis()));
                    return 0;
                });
            }
            return open.commit(work);
        } catch (DatabaseException e) {
            if (e.isRefusal()) {
                throw e;
            }
            problem = String.valueOf(e.getMessage());
            nextAttempt = clock.instant().plus(AFTER_FAILURE);
            closeStore();
            throw new FeedbackUnavailableException(problem, e);
        } finally {
            turn.unlock();
        }
    }

    private void expectTurn() {
        try {
            if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FeedbackUnavailableException(
                        described + ": no answer within %s s".formatted(PATIENCE.toSeconds()), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FeedbackUnavailableException(described + ": interrupted", e);
        }
    }

    /** What is under way at the server ends with its connection. */
    @Override
    public void close() {
        closeStore();
    }

    private void closeStore() {
        Store open = store;
        store = null;
        if (open != null) {
            open.close();
        }
    }
}

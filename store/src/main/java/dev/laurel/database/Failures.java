package dev.laurel.database;

import dev.laurel.definition.Query;
import dev.laurel.program.Reason;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a database and its driver say, in one line for people. The states are those of the manual's appendix "PostgreSQL Error Codes". */
final class Failures {
    private static final String CONNECTION = "08";
    private static final String STARTING_OR_STOPPING = "57P";
    private static final String REFUSED = "28";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String SUCH_A_TABLE = "42P07";
    private static final String READ_ONLY = "25006";

    private Failures() {}

    /** @param query what was asked; null where the text is ours */
    static DatabaseException of(Database database, SQLException e, @Nullable Query query) {
        return new DatabaseException(database.described() + ": " + problem(e, query), e);
    }

    private static String problem(SQLException e, @Nullable Query query) {
        if (e instanceof BatchUpdateException && e.getNextException() != null) {
            return problem(e.getNextException(), query);
        }
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        ServerErrorMessage said = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        if (said == null && !state.startsWith(CONNECTION) && e instanceof PSQLException && e.getCause() == null) {
            // The driver's own: it wanted one result, and there are two or none.
            return (query == null ? "" : "query: ") + Reason.inWords(String.valueOf(e.getMessage()));
        }
        if (said == null || state.startsWith(CONNECTION) || state.startsWith(STARTING_OR_STOPPING)) {
            return "cannot be reached: %s (expected: a PostgreSQL server that answers; try again later)"
                    .formatted(said == null ? cause(e) : words(said));
        }
        if (state.startsWith(REFUSED)) {
            return words(said)
                    + " (expected: LAUREL_DATABASE_USER and LAUREL_DATABASE_PASSWORD, or PGUSER and PGPASSWORD, or files that the same names with _FILE say)";
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return words(said) + " (expected: the name of one behind the last slash of the address)";
        }
        if (state.equals(SUCH_A_TABLE) && query == null) {
            return words(said)
                    + " and is not Laurel's (expected: a schema without it; currentSchema in the address names another)";
        }
        if (query == null) {
            return words(said);
        }
        String place = said.getPosition() > 0 ? " " + query.lineAndColumn(said.getPosition()) : "";
        String hint = state.equals(READ_ONLY) ? "; a query only reads" : "";
        return "query%s: %s%s".formatted(place, words(said), hint);
    }

    private static String cause(SQLException e) {
        return Reason.of(e.getCause() == null ? e : e.getCause());
    }

    private static String words(ServerErrorMessage said) {
        String hint = said.getHint() == null ? "" : " (" + said.getHint() + ")";
        return Reason.inWords(said.getMessage() + hint);
    }
}

package dev.laurel.source;

import dev.laurel.database.Database;
import dev.laurel.database.DatabaseException;
import dev.laurel.database.TypedRows;
import dev.laurel.definition.Query;
import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.program.Reason;
import java.util.List;
import java.util.Map;

/** Rows that a PostgreSQL database gives for a query. */
final class JdbcSource {
    private final Map<String, String> environment;

    /** @param environment has the user, the password and the values in queries */
    JdbcSource(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @throws SourceException when the database cannot be reached, or the query does not give what is asked for
     * @throws dev.laurel.yaml.InvalidDocumentException when a key comes twice
     */
    CsvTable read(Source.Jdbc source, CsvTable.Asked asked) {
        try {
            Database database = Database.at(source.url(), environment);
            try (TypedRows rows = database.rows(new Query(source.query()))) {
                return read(rows, database.described(), source, asked);
            }
        } catch (DatabaseException | InvalidValueException e) {
            throw new SourceException("jdbc: " + Reason.of(e));
        }
    }

    private static CsvTable read(TypedRows rows, String origin, Source.Jdbc source, CsvTable.Asked asked) {
        AskedRows read = new AskedRows(
                rows.names(),
                source.key(),
                null,
                asked,
                NumberText.PLAIN,
                String::isEmpty,
                name -> place(rows.names(), name));
        for (int i = 0; i < read.places().size(); i++) {
            rows.expect(
                    read.places().get(i), !asked.words().contains(read.names().get(i)));
        }
        while (rows.next()) {
            try {
                read.row(rows.row(), rows::text);
            } catch (InvalidValueException e) {
                throw new SourceException("jdbc: %s: row %s: %s".formatted(origin, rows.row(), e.getMessage()));
            }
        }
        if (read.rows() == 0) {
            throw new SourceException("jdbc: %s: the query gives no rows (expected: at least one)".formatted(origin));
        }
        return new CsvTable(read.table("jdbc: " + origin), read.passedOver());
    }

    /** @throws InvalidValueException when there is no such column */
    static int place(List<String> names, String name) {
        if (!names.contains(name)) {
            throw new InvalidValueException(
                    "column",
                    name,
                    "a name of what the query gives, where the nearest is "
                            + Nearest.to(name, names).orElse("none"));
        }
        return names.indexOf(name);
    }
}

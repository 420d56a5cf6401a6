package dev.laurel.cli.predict;

import dev.laurel.database.Database;
import dev.laurel.definition.DatabaseAddress;
import dev.laurel.definition.Query;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.store.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows of a database make a batch, and what names it and them. */
public final class BatchOptions {
    /** The address that stands in the environment. */
    private static final String FROM_ENVIRONMENT = "jdbc:";

    @Option(
            names = "--query",
            paramLabel = "SQL",
            description = {
                "With an address after --from: the select that gives the rows; ${LAUREL_QUERY_<NAME>} in it is a variable of the environment"
                        + " (default: the rows that 'laurel import' keeps for the model)."
            })
    private @Nullable String query;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "With an address after --from, instead of --query: all rows of a table or view.")
    private @Nullable String table;

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description = "The column that names rows, for models whose rows have no key (default: their line).")
    private @Nullable String key;

    @Option(
            names = "--batch",
            paramLabel = "NAME",
            description =
                    "With an address after --to: the name under which each row stands there once (default: that of the file, or one made of the query).")
    private @Nullable String batch;

    public @Nullable String key() {
        return key;
    }

    public String batch(BatchInput input) {
        return batch == null ? input.batch() : batch;
    }

    public BatchInput open(String from) throws IOException {
        boolean database = DatabaseAddress.isOne(from);
        Expect.that(
                database || query == null,
                "--query",
                String.valueOf(query),
                "an address such as jdbc:postgresql://... after --from");
        Expect.that(
                database || table == null,
                "--table",
                String.valueOf(table),
                "an address such as jdbc:postgresql://... after --from");
        Expect.that(query == null || table == null, "--table", String.valueOf(table), "one of --query and --table");
        if (!database) {
            return FileRows.open(from);
        }
        Expect.that(
                key == null || query != null || table != null,
                "--key",
                String.valueOf(key),
                "--query or --table beside it; imported rows have a name of their own");
        return new QueryRows(Database.at(address(from), System.getenv()), asked());
    }

    private @Nullable Query asked() {
        if (table == null) {
            return query == null ? null : new Query(query);
        }
        Expect.notBlank("--table", table);
        return new Query("select * from "
                + Arrays.stream(table.split("\\."))
                        .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(".")));
    }

    /** A file that is not what the end of its name says. */
    public static InvalidValueException notGzip(String from, IOException e) {
        return FileRows.notGzip(from, e);
    }

    /** For messages and reports: an address may hold a password. */
    public static String shown(String from) {
        return DatabaseAddress.isOne(from) ? "a database" : from.equals(BatchFile.STANDARD) ? "standard input" : from;
    }

    public static Store store(String to) {
        return Store.open(address(to), System.getenv());
    }

    private static @Nullable String address(String text) {
        return text.equals(FROM_ENVIRONMENT) ? null : text;
    }
}

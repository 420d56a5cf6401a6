package dev.laurel.cli.predict;

import dev.laurel.database.Database;
import dev.laurel.database.TypedRows;
import dev.laurel.definition.Query;
import dev.laurel.model.Digest;
import dev.laurel.source.RowStream;
import dev.laurel.store.ImportedRows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a database: those that {@code laurel import} keeps for the model, or those of a query. */
final class QueryRows implements BatchInput {
    private static final int SHORT = 12;

    private final Database database;
    private final @Nullable Query query;
    private @Nullable TypedRows rows;

    /** @param query null for the rows that {@code laurel import} keeps */
    QueryRows(Database database, @Nullable Query query) {
        this.database = database;
        this.query = query;
    }

    @Override
    public RowStream rows(BatchModel model, @Nullable String key) {
        @Nullable String named = key;
        if (query != null) {
            rows = database.rows(query);
        } else {
            rows = database.rows(
                    ImportedRows.query(model.file().signature()),
                    List.of(model.name().value()));
            named = model.file().signature().key() == null ? ImportedRows.ROW_DIGEST : null;
        }
        return RowStream.ofRows(rows, model.file().definition(), model.file().signature(), named);
    }

    @Override
    public String batch() {
        return query == null
                ? "batch_data"
                : "query-"
                        + Digest.of(query.text().getBytes(StandardCharsets.UTF_8))
                                .hex()
                                .substring(0, SHORT);
    }

    @Override
    public double share() {
        return -1;
    }

    @Override
    public String seen() {
        return "";
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }
}

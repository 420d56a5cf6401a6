package dev.laurel.store;

import dev.laurel.definition.Query;
import dev.laurel.model.ModelName;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import java.sql.PreparedStatement;
import java.util.List;

/** The rows of a model, each once: by its key or, without one, by its content. */
public final class ImportedRows {
    /**
     * A row that is there already stays, but for a true answer that has become known. A key whose columns are other ones now is corrected, and
     * nothing that was known of it holds any longer.
     */
    private static final String SQL = """
            insert into batch_data as b (model, key, row_digest, columns, target, label)
            select ?, * from unnest(?::text[], ?::text[], ?::jsonb[], ?::double precision[], ?::text[])
            on conflict %s do update set
                row_digest = excluded.row_digest, columns = excluded.columns, imported_at = now(),
                target = case when b.row_digest = excluded.row_digest then coalesce(excluded.target, b.target) else excluded.target end,
                label = case when b.row_digest = excluded.row_digest then coalesce(excluded.label, b.label) else excluded.label end
            where b.row_digest <> excluded.row_digest
                or (excluded.target is not null and excluded.target is distinct from b.target)
                or (excluded.label is not null and excluded.label is distinct from b.label)
            """;

    /** What names rows that have no key. */
    public static final String ROW_DIGEST = "row_digest";

    private final Store store;
    private final ModelName model;
    private final String sql;

    /** @param keyed whether rows have keys */
    public ImportedRows(Store store, ModelName model, boolean keyed) {
        this.store = store;
        this.model = model;
        this.sql = SQL.formatted(keyed ? "(model, key collate \"C\") where key is not null" : "(model, row_digest)");
    }

    /**
     * Writes a chunk in one transaction.
     *
     * @return how many were not there yet, or have changed
     */
    public int write(List<ImportedRow> chunk) {
        Arrays<ImportedRow> rows = new Arrays<>(chunk);
        return store.commit(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, model.value());
                rows.set(insert, 2, "text", ImportedRow::key);
                rows.set(insert, 3, "text", row -> row.digest().toString());
                rows.set(insert, 4, "jsonb", row -> Json.of(row.columns()));
                rows.set(insert, 5, "float8", ImportedRow::target);
                rows.set(insert, 6, "text", ImportedRow::label);
                return insert.executeUpdate();
            }
        });
    }

    /** The rows of a model, named by the one value of the query, in the order of their keys or in that in which they came. */
    public static Query query(Signature signature) {
        StringBuilder sql = new StringBuilder("select ")
                .append(signature.key() == null ? ROW_DIGEST : "key as " + name(signature.key()));
        for (SourceColumn column : signature.columns()) {
            String value = "columns ->> '" + column.name().replace("'", "''") + "'";
            sql.append(", ")
                    .append(column.type() == SourceColumn.Type.NUMBER ? "(" + value + ")::double precision" : value)
                    .append(" as ")
                    .append(name(column.name()));
        }
        return new Query(sql.append(" from batch_data where model = ? ")
                .append(signature.key() == null ? "order by id" : "and key is not null order by key collate \"C\"")
                .toString());
    }

    private static String name(String column) {
        return '"' + column.replace("\"", "\"\"") + '"';
    }
}

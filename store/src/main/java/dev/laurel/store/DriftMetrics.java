package dev.laurel.store;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The drift of batches, as measured against one version. */
public final class DriftMetrics {
    /** What is measured of one file may not be measured of the next, as missing values where there are none. */
    private static final String DELETE = "delete from drift_metrics where model = ? and digest = ? and batch = ?";

    private static final String SQL = """
            insert into drift_metrics
                (model, version, digest, computed_at, batch, column_name, measure, value, p_value, adjusted, rows, verdict)
            select ?, ?, ?, ?, ?, * from unnest(
                ?::text[], ?::text[], ?::double precision[], ?::double precision[], ?::double precision[], ?::bigint[], ?::text[])
            on conflict (model, digest, batch, column_name, measure) do update set
                version = excluded.version, computed_at = excluded.computed_at, value = excluded.value,
                p_value = excluded.p_value, adjusted = excluded.adjusted, rows = excluded.rows, verdict = excluded.verdict
            """;

    private final Store store;
    private final ModelName model;
    private final Version version;
    private final Digest digest;

    /** @param digest of the model file */
    public DriftMetrics(Store store, ModelName model, Version version, Digest digest) {
        this.store = store;
        this.model = model;
        this.version = version;
        this.digest = digest;
    }

    /** Writes all that was measured of a batch, in one transaction, in the place of what was measured of it before. */
    public void write(String batch, Instant computedAt, List<DriftMetric> metrics) {
        Arrays<DriftMetric> rows = new Arrays<>(metrics);
        int unused = store.commit(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE);
                    PreparedStatement insert = connection.prepareStatement(SQL)) {
                delete.setString(1, model.value());
                delete.setString(2, digest.toString());
                delete.setString(3, batch);
                delete.executeUpdate();
                insert.setString(1, model.value());
                insert.setInt(2, version.number());
                insert.setString(3, digest.toString());
                insert.setObject(4, computedAt.atOffset(ZoneOffset.UTC));
                insert.setString(5, batch);
                rows.set(insert, 6, "text", DriftMetric::column);
                rows.set(insert, 7, "text", DriftMetric::measure);
                rows.set(insert, 8, "float8", DriftMetric::value);
                rows.set(insert, 9, "float8", DriftMetric::pValue);
                rows.set(insert, 10, "float8", DriftMetric::adjusted);
                rows.set(insert, 11, "int8", DriftMetric::rows);
                rows.set(insert, 12, "text", DriftMetric::verdict);
                return insert.executeUpdate();
            }
        });
    }
}

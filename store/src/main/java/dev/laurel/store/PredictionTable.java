package dev.laurel.store;

import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Predictions of one version for one batch. A row that has its prediction already is passed over, so that a batch can be done again. */
public final class PredictionTable {
    /** One statement for a chunk, whatever its size; what differs only by the time at which it was said is the same. */
    private static final String SQL = """
            insert into predictions as p
                (model, version, digest, batch, key, prediction, value, probability, probabilities)
            select ?, ?, ?, ?, * from unnest(?::text[], ?::text[], ?::double precision[], ?::double precision[], ?::jsonb[])
            on conflict (model, digest, batch, key) do update set
                version = excluded.version, prediction = excluded.prediction, value = excluded.value,
                probability = excluded.probability, probabilities = excluded.probabilities, predicted_at = now()
            where (p.prediction, p.value, p.probability, p.probabilities)
                is distinct from (excluded.prediction, excluded.value, excluded.probability, excluded.probabilities)
            """;

    private final Store store;
    private final ModelName model;
    private final Version version;
    private final Digest digest;
    private final String batch;

    /**
     * @param digest of the model file
     * @param batch the name by which these rows are done once
     */
    public PredictionTable(Store store, ModelName model, Version version, Digest digest, String batch) {
        this.store = store;
        this.model = model;
        this.version = version;
        this.digest = digest;
        this.batch = batch;
    }

    /**
     * Writes a chunk in one transaction. Of two rows with one key the later one counts.
     *
     * @return how many were not there yet, or said something else
     */
    public int write(List<Prediction> chunk) {
        if (chunk.isEmpty()) {
            return 0;
        }
        Map<String, Prediction> byKey = new LinkedHashMap<>();
        chunk.forEach(row -> byKey.put(row.key(), row));
        Arrays<Prediction> rows = new Arrays<>(byKey.values());
        return store.commit(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(SQL)) {
                insert.setString(1, model.value());
                insert.setInt(2, version.number());
                insert.setString(3, digest.toString());
                insert.setString(4, batch);
                rows.set(insert, 5, "text", Prediction::key);
                rows.set(insert, 6, "text", Prediction::prediction);
                rows.set(insert, 7, "float8", Prediction::value);
                rows.set(insert, 8, "float8", Prediction::probability);
                rows.set(insert, 9, "jsonb", row -> Json.orNull(row.probabilities()));
                return insert.executeUpdate();
            }
        });
    }
}

package dev.laurel.store;

import java.sql.PreparedStatement;
import java.time.ZoneOffset;
import java.util.List;

/** What the models repository says of all versions, for people who want SQL. Never read by Laurel. */
public final class ProjectedVersions {
    private static final String SQL = """
            insert into versions (model, version, digest, size, trained_at, clock, verdict, metric, value, metrics, champion_in, commit)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
            """;

    private final Store store;

    public ProjectedVersions(Store store) {
        this.store = store;
    }

    /**
     * Puts these in the place of all that stood there, in one transaction: whoever reads meanwhile sees the old ones.
     *
     * @param commit that of the models repository which they are read from
     */
    public void replace(String commit, List<ProjectedVersion> versions) {
        int[] unused = store.commit(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from versions");
                    PreparedStatement insert = connection.prepareStatement(SQL)) {
                delete.executeUpdate();
                for (ProjectedVersion each : versions) {
                    insert.setString(1, each.model().value());
                    insert.setInt(2, each.version().number());
                    insert.setString(3, each.digest().toString());
                    insert.setLong(4, each.size());
                    insert.setObject(5, each.trainedAt().atOffset(ZoneOffset.UTC));
                    insert.setString(6, each.clock());
                    insert.setString(7, each.verdict());
                    insert.setString(8, each.metric());
                    insert.setDouble(9, each.value());
                    insert.setString(10, Json.of(each.metrics()));
                    insert.setArray(
                            11,
                            connection.createArrayOf("text", each.championIn().toArray()));
                    insert.setString(12, commit);
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }
}

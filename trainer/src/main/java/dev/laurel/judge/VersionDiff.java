package dev.laurel.judge;

import dev.laurel.evaluation.Churn;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Digest;
import dev.laurel.model.Experiment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.model.Window;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a model. Their metrics are measured anew on the kept evaluation rows of the newer one, both by
 * what their model files say; where that cannot be done they are those of the two reports, each on rows of its own.
 *
 * @param rows the rows that both were measured on; absent when each has its own
 * @param apart why the two were not measured on the same rows; absent when they were
 * @param churn of their answers on the same rows; absent when there are none
 * @param definition what differs between the two definitions, by path; absent when they differ and one of them cannot be read here
 * @param provenance what else differs in where they come from
 */
public record VersionDiff(
        ModelName model,
        Side from,
        Side to,
        @Nullable Window rows,
        @Nullable String apart,
        List<MetricRow> metrics,
        @Nullable Churn churn,
        @Nullable List<DocumentDifference> definition,
        List<DocumentDifference> provenance) {

    /**
     * One of the two versions.
     *
     * @param modelFile digest of its model file
     * @param clock the newest row that its training knew; absent where rows have no keys
     * @param features the names of its features; absent when its definition cannot be read here
     */
    public record Side(
            Version version,
            Digest modelFile,
            Experiment chosen,
            @Nullable String clock,
            Report.Windows windows,
            @Nullable List<String> features) {}

    /**
     * The versions may be given in either order, and gains are those of {@code to} over {@code from}.
     *
     * @throws dev.laurel.registry.RegistryException when there is no such version
     * @throws dev.laurel.yaml.InvalidDocumentException when one of their documents cannot be read
     */
    public static VersionDiff of(Registry registry, Revision revision, ModelName model, Version from, Version to) {
        return new VersionComparison(registry, revision, model, from, to).diff();
    }
}

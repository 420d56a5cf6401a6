package dev.laurel.predictor;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import dev.laurel.Documents;
import dev.laurel.drift.Profiles;
import dev.laurel.feature.FeaturePipeline;
import dev.laurel.feature.Labels;
import dev.laurel.feature.Table;
import dev.laurel.model.Profile;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A forest trained here and now, on made-up prices, for the definition of {@link Documents}. */
final class TrainedForest {
    private static final int ROWS = 400;

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private final double[][] vectors;
    private final boolean[] positive;

    TrainedForest() {
        this(DoubleUnaryOperator.identity());
    }

    /** @param change made to every feature */
    TrainedForest(DoubleUnaryOperator change) {
        Table table = prices();
        FeaturePipeline pipeline = new FeaturePipeline(Documents.DEFINITION);
        Labels labels = new Labels(Documents.DEFINITION.target());
        int[] rows = IntStream.range(pipeline.warmUp(), labels.labelled(table)).toArray();
        vectors = IntStream.of(rows)
                .mapToObj(row ->
                        DoubleStream.of(pipeline.vector(table, row)).map(change).toArray())
                .toArray(double[][]::new);
        positive = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            positive[i] = labels.isPositive(table, rows[i]);
        }
    }

    private static Table prices() {
        List<String> keys =
                IntStream.range(0, ROWS).mapToObj(row -> "day-" + (1000 + row)).toList();
        double[] close = IntStream.range(0, ROWS)
                .mapToDouble(row -> 100 + row * 7919 % 101 / 8.0)
                .toArray();
        return new Table("date", keys, Map.of("close", close));
    }

    double[][] vectors() {
        return vectors;
    }

    Profile profile() {
        return Profiles.of(Documents.SIGNATURE.features(), vectors, positive);
    }

    /** @param note stands in the provenance of the training, and nowhere else */
    Model<Label> train(int trees, int depth, String note) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> rows = new MutableDataset<>(new SimpleDataSourceProvenance(note, labels), labels);
        for (int i = 0; i < vectors.length; i++) {
            rows.add(example(vectors[i], positive[i] ? "UP" : "DOWN"));
        }
        CARTClassificationTrainer tree = new CARTClassificationTrainer(depth, 1, 0, 0.5f, false, new GiniIndex(), 42);
        Map<String, Provenance> values = Map.of("note", new StringProvenance("note", note));
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), trees, 42).train(rows, values);
    }

    static Example<Label> example(double[] vector, String label) {
        return new ArrayExample<>(
                new Label(label), Documents.SIGNATURE.features().toArray(new String[0]), vector);
    }

    ModelFile modelFile(Model<Label> model) {
        return new ModelFile(Documents.DEFINITION, Documents.SIGNATURE, profile(), TribuoProtobuf.encode(model));
    }
}

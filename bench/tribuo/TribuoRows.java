import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** The seconds in which Tribuo fits a forest of 100 trees of depth 5, and the nanoseconds that its predict needs for a row. */
public final class TribuoRows {
    private static final int FEATURES = 10;

    private TribuoRows() {}

    public static void main(String... args) throws Exception {
        Logger.getLogger("org.tribuo").setLevel(Level.OFF);
        double[] training = doubles(Path.of(args[0], "training"));
        double[] labels = doubles(Path.of(args[0], "labels"));
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> rows =
                new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        String[] names = IntStream.range(0, FEATURES).mapToObj(i -> "x" + i).toArray(String[]::new);
        for (int row = 0; row < labels.length; row++) {
            rows.add(new ArrayExample<>(new Label(labels[row] == 0 ? "no" : "yes"), names, vector(training, row)));
        }
        long start = System.nanoTime();
        Model<Label> forest = new RandomForestTrainer<>(
                        new CARTClassificationTrainer(5, 0.5f, 1), new VotingCombiner(), 100)
                .train(rows);
        double seconds = (System.nanoTime() - start) / 1e9;
        double[] judging = doubles(Path.of(args[0], "judging"));
        List<ArrayExample<Label>> examples = new ArrayList<>();
        for (int row = 0; row < judging.length / FEATURES; row++) {
            examples.add(new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, vector(judging, row)));
        }
        double kept = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 40; round++) {
            start = System.nanoTime();
            for (ArrayExample<Label> example : examples) {
                kept += forest.predict(example).getOutput().getScore();
            }
            least = Math.min(least, (System.nanoTime() - start) / (double) examples.size());
        }
        System.out.printf(Locale.ROOT, "%.4f %.1f%n", seconds, Double.isFinite(kept) ? least : Double.NaN);
    }

    private static double[] vector(double[] all, int row) {
        double[] vector = new double[FEATURES];
        System.arraycopy(all, row * FEATURES, vector, 0, FEATURES);
        return vector;
    }

    private static double[] doubles(Path file) throws Exception {
        double[] doubles = new double[(int) (Files.size(file) / Double.BYTES)];
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(doubles);
        return doubles;
    }
}

package dev.laurel.cli.predict;

import dev.laurel.drift.Drift;
import dev.laurel.drift.DriftReport;
import dev.laurel.drift.DriftRules;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Tally;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Predictor;
import dev.laurel.source.RowBlock;
import dev.laurel.table.Table;
import java.util.function.Consumer;

/** Counts the rows of blocks, in their order, with the answers of a version. Of a row that nothing can be answered for only the columns count. */
public final class BatchDrift implements Consumer<RowBlock> {
    private final BatchModel model;
    private final FittedFeatures features;
    private final Tally tally;
    private long unanswered;

    /** @throws InvalidValueException when drift cannot be measured against the profile of that version */
    public BatchDrift(BatchModel model) {
        this.model = model;
        this.features = model.file().features();
        this.tally = new Tally(model.file().profile());
    }

    @Override
    public void accept(RowBlock block) {
        Table filled = features.filled(block.table());
        unanswered += block.rejections().size();
        for (int row = block.first(); row < filled.rows(); row++) {
            if (block.before(row) < features.warmUp()) {
                unanswered++;
                continue;
            }
            try {
                double[] vector = features.vector(filled, row);
                tally.add(vector, model.predictor().answer(vector, Predictor.USUAL_THRESHOLD), block.table(), row);
            } catch (InvalidValueException e) {
                // Whoever predicts is told the reason; there is no answer to count.
                unanswered++;
                tally.addUnanswered(block.table(), row);
            }
        }
    }

    /** Rows and lines for which nothing was answered. */
    public long unanswered() {
        return unanswered;
    }

    public Seen seen() {
        return tally.seen();
    }

    public DriftReport report(String input, Seen seen) {
        return new DriftReport(
                model.name(),
                model.version(),
                model.digest(),
                input,
                Drift.of(model.file().profile(), seen, DriftRules.USUAL));
    }
}

package dev.laurel.cli.predict;

import dev.laurel.feature.FittedFeatures;
import dev.laurel.model.InvalidValueException;
import dev.laurel.predictor.Predictor;
import dev.laurel.source.Rejection;
import dev.laurel.source.RowBlock;
import dev.laurel.table.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Answers for the rows of a block, in the way of a server. Safe for many threads. */
final class BatchAnswers {
    private final FittedFeatures features;
    private final Predictor predictor;
    private final BatchOutput output;

    BatchAnswers(BatchModel model, BatchOutput output) {
        this.features = model.file().features();
        this.predictor = model.predictor();
        this.output = output;
    }

    /** @param taken the rows that there were, rejected ones too */
    record Answered(int taken, BatchOutput.Part predictions, List<Rejection> rejections) {}

    Answered answer(RowBlock block) {
        BatchOutput.Part part = output.part();
        List<Rejection> rejections = new ArrayList<>(block.rejections());
        Table filled = features.filled(block.table());
        double[] vector = new double[features.outputs().size()];
        for (int row = block.first(); row < filled.rows(); row++) {
            if (block.before(row) < features.warmUp()) {
                rejections.add(new Rejection(block.line(row), tooFew(block.before(row))));
                continue;
            }
            try {
                features.vector(filled, row, vector);
                part.add(block.key(row), block.line(row), predictor.answer(vector, Predictor.USUAL_THRESHOLD));
            } catch (InvalidValueException e) {
                rejections.add(new Rejection(block.line(row), reason(e, filled.place(row))));
            }
        }
        rejections.sort(Comparator.comparingLong(Rejection::line));
        return new Answered(block.taken(), part, rejections);
    }

    private String tooFew(int before) {
        return "rows before it: %s (expected: %s in a row, which its features read)"
                .formatted(before, features.warmUp());
    }

    /** Its place in the block says nothing to anybody; its line stands beside the reason. */
    private static String reason(InvalidValueException e, String place) {
        return e.thing().replace(" at " + place, "") + ": " + e.problem();
    }
}

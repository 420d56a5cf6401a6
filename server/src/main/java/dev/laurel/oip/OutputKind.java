package dev.laurel.oip;

import dev.laurel.predict.Answered;
import dev.laurel.predict.UnansweredException;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tensors that answers are given in. */
public enum OutputKind {
    LABEL(Datatype.BYTES) {
        @Override
        public OutputTensor of(Answered answered) {
            List<String> labels = new ArrayList<>(answered.answers().size());
            for (Answer answer : answered.answers()) {
                labels.add(((Answer.Classified) answer).label());
            }
            return OutputTensor.ofWords(tensor(), labels);
        }
    },
    /** In the order of the labels. */
    PROBABILITIES(Datatype.FP64) {
        @Override
        public OutputTensor of(Answered answered) {
            int labels = answered.model().signature().task().outputs();
            double[] values = new double[answered.answers().size() * labels];
            int filled = 0;
            for (Answer answer : answered.answers()) {
                for (double probability : ((Answer.Classified) answer).probabilities()) {
                    values[filled++] = probability;
                }
            }
            return OutputTensor.ofNumbers(tensor(), List.of(answered.answers().size(), labels), values);
        }
    },
    VALUE(Datatype.FP64) {
        @Override
        public OutputTensor of(Answered answered) {
            double[] values = answered.answers().stream()
                    .mapToDouble(answer -> ((Answer.Estimated) answer).value())
                    .toArray();
            return OutputTensor.ofNumbers(tensor(), List.of(values.length), values);
        }
    };

    private static final List<OutputKind> OF_LABELS = List.of(LABEL, PROBABILITIES);
    private static final List<OutputKind> OF_VALUES = List.of(VALUE);

    private final Datatype datatype;
    private final String tensor = name().toLowerCase(Locale.ROOT);

    OutputKind(Datatype datatype) {
        this.datatype = datatype;
    }

    public abstract OutputTensor of(Answered answered);

    public static List<OutputKind> of(Task task) {
        return task.isOfLabels() ? OF_LABELS : OF_VALUES;
    }

    /** @throws UnansweredException when it is none of those */
    public static OutputKind named(String at, String name, List<OutputKind> kinds) {
        return kinds.stream()
                .filter(each -> each.tensor().equals(name))
                .findFirst()
                .orElseThrow(() -> UnansweredException.invalid(
                        at,
                        name,
                        "one of "
                                + String.join(
                                        ", ",
                                        kinds.stream().map(OutputKind::tensor).toList())));
    }

    String tensor() {
        return tensor;
    }

    Datatype datatype() {
        return datatype;
    }

    /** With -1 for the rows. */
    List<Integer> shape(Task task) {
        return this == PROBABILITIES ? List.of(-1, task.outputs()) : List.of(-1);
    }
}

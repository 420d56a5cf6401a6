package dev.laurel.oip;

import dev.laurel.predict.Answered;
import dev.laurel.predict.UnansweredException;
import dev.laurel.task.Answer;
import dev.laurel.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tensors that answers are given in. */
public enum OutputKind {
    LABEL(Datatype.BYTES) {
        @Override
        public OutputTensor of(Answered answered) {
            return OutputTensor.ofWords(
                    tensor(),
                    answered.answers().stream()
                            .map(answer -> ((Answer.Classified) answer).label())
                            .toList());
        }
    },
    /** In the order of the labels. */
    PROBABILITIES(Datatype.FP64) {
        @Override
        public OutputTensor of(Answered answered) {
            int labels = answered.model().signature().task().outputs();
            double[] values = answered.answers().stream()
                    .flatMap(answer -> ((Answer.Classified) answer).probabilities().stream())
                    .mapToDouble(Double::doubleValue)
                    .toArray();
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

    private final Datatype datatype;

    OutputKind(Datatype datatype) {
        this.datatype = datatype;
    }

    public abstract OutputTensor of(Answered answered);

    public static List<OutputKind> of(Task task) {
        return Arrays.stream(values())
                .filter(kind -> (kind != VALUE) == task.isOfLabels())
                .toList();
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
        return name().toLowerCase(Locale.ROOT);
    }

    Datatype datatype() {
        return datatype;
    }

    /** With -1 for the rows. */
    List<Integer> shape(Task task) {
        return this == PROBABILITIES ? List.of(-1, task.outputs()) : List.of(-1);
    }
}

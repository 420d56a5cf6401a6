package dev.laurel.oip;

import dev.laurel.follow.LoadedModel;
import dev.laurel.predictor.Signature;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model as clients of the protocol see it: one tensor for each column of its source. */
public record ModelMetadata(
        String name,
        List<String> versions,
        String platform,
        List<TensorMetadata> inputs,
        List<TensorMetadata> outputs) {

    /**
     * @param shape with -1 for the rows
     * @param labels what the second place of a shape counts
     */
    public record TensorMetadata(
            String name,
            String datatype,
            List<Integer> shape,
            @Nullable List<String> labels) {}

    public static ModelMetadata of(LoadedModel model) {
        Signature signature = model.signature();
        List<TensorMetadata> inputs = new ArrayList<>();
        if (signature.key() != null && model.needsKey()) {
            inputs.add(input(signature.key(), Datatype.BYTES));
        }
        for (SourceColumn column : signature.columns()) {
            inputs.add(
                    input(column.name(), column.type() == SourceColumn.Type.NUMBER ? Datatype.FP64 : Datatype.BYTES));
        }
        Task task = signature.task();
        List<TensorMetadata> outputs = OutputKind.of(task).stream()
                .map(kind -> new TensorMetadata(
                        kind.tensor(),
                        kind.datatype().name(),
                        kind.shape(task),
                        kind == OutputKind.PROBABILITIES ? task.outputNames() : null))
                .toList();
        return new ModelMetadata(
                model.pin().model().value(), List.of(model.pin().version().toString()), "laurel", inputs, outputs);
    }

    private static TensorMetadata input(String name, Datatype datatype) {
        return new TensorMetadata(name, datatype.name(), List.of(-1), null);
    }
}

package dev.laurel.oip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An output, as JSON shows it.
 *
 * @param data absent where its bytes follow the document
 */
public record OutputTensor(
        String name,
        String datatype,
        List<Integer> shape,
        @Nullable Map<String, Object> parameters,
        @Nullable Object data) {

    static OutputTensor ofWords(String name, List<String> words) {
        return new OutputTensor(name, Datatype.BYTES.name(), List.of(words.size()), null, words);
    }

    static OutputTensor ofNumbers(String name, List<Integer> shape, double[] values) {
        return new OutputTensor(name, Datatype.FP64.name(), shape, null, values);
    }

    /** The same without its data, for which as many bytes stand elsewhere. */
    OutputTensor binary(int bytes) {
        return new OutputTensor(name, datatype, shape, Map.of("binary_data_size", bytes), null);
    }

    /** Little-endian; a text after its length. */
    public byte[] bytes() {
        if (data instanceof double[] values) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().put(values);
            return bytes.array();
        }
        List<byte[]> words = words().stream().map(word -> word.getBytes(UTF_8)).toList();
        int size = words.stream().mapToInt(word -> Integer.BYTES + word.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(word -> bytes.putInt(word.length).put(word));
        return bytes.array();
    }

    /** Of one that has no numbers. */
    public List<String> words() {
        return ((List<?>) Objects.requireNonNull(data))
                .stream().map(String.class::cast).toList();
    }
}

package dev.laurel.oip;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.laurel.http.JsonAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An output, as JSON shows it.
 *
 * @param binarySize of its bytes, where they follow the document
 * @param data absent where its bytes follow the document
 */
public record OutputTensor(
        String name,
        String datatype,
        List<Integer> shape,
        @Nullable Integer binarySize,
        @Nullable Object data) {

    static OutputTensor ofWords(String name, List<String> words) {
        return new OutputTensor(name, Datatype.BYTES.name(), List.of(words.size()), null, words);
    }

    static OutputTensor ofNumbers(String name, List<Integer> shape, double[] values) {
        return new OutputTensor(name, Datatype.FP64.name(), shape, null, values);
    }

    /** The same without its data, for which as many bytes stand elsewhere. */
    OutputTensor binary(int bytes) {
        return new OutputTensor(name, datatype, shape, bytes, null);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("datatype", datatype);
        json.writeArrayFieldStart("shape");
        for (int size : shape) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        if (binarySize != null) {
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", binarySize);
            json.writeEndObject();
        }
        if (data instanceof double[] values) {
            json.writeFieldName("data");
            json.writeArray(values, 0, values.length);
        } else if (data != null) {
            json.writeFieldName("data");
            JsonAnswer.texts(json, words());
        }
        json.writeEndObject();
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
        List<String> words = new ArrayList<>();
        ((List<?>) Objects.requireNonNull(data)).forEach(word -> words.add((String) word));
        return words;
    }
}

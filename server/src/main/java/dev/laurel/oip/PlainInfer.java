package dev.laurel.oip;

import dev.laurel.http.JsonStream;
import dev.laurel.oip.Elements.Fractions;
import dev.laurel.oip.Elements.Texts;
import dev.laurel.oip.Elements.Truths;
import dev.laurel.oip.Elements.Wholes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document without parameters that wants all outputs, and whose tensors say their shape and datatype before their data. */
record PlainInfer(@Nullable String id, List<Tensor> tensors) {

    /** @param length of the body: no tensor has more elements than bytes */
    static PlainInfer read(JsonStream json, int length) throws IOException {
        String id = null;
        Set<String> seen = new HashSet<>();
        List<Tensor> tensors = new ArrayList<>();
        for (String key = json.key(); key != null; key = json.key()) {
            json.expect(seen.add(key));
            switch (key) {
                case "id" -> {
                    json.value();
                    id = json.isNull() ? null : json.text();
                }
                case "inputs" -> {
                    json.list();
                    do {
                        json.expect(json.isObject());
                        tensors.add(tensor(json, length));
                    } while (json.next());
                }
                default -> json.expect(false);
            }
        }
        json.expect(!tensors.isEmpty());
        return new PlainInfer(id, tensors);
    }

    private static Tensor tensor(JsonStream json, int length) throws IOException {
        String name = null;
        List<Integer> shape = null;
        Datatype datatype = null;
        Elements elements = null;
        for (String key = json.key(); key != null; key = json.key()) {
            switch (key) {
                case "name" -> {
                    json.expect(name == null);
                    json.value();
                    name = json.text();
                }
                case "shape" -> {
                    json.expect(shape == null);
                    shape = shape(json);
                }
                case "datatype" -> {
                    json.expect(datatype == null);
                    json.value();
                    datatype = datatype(json.text());
                    json.expect(datatype != null);
                }
                case "data" -> {
                    json.expect(elements == null && shape != null && datatype != null);
                    json.list();
                    elements = new Data(json, Objects.requireNonNull(shape), Objects.requireNonNull(datatype), length)
                            .read();
                }
                default -> json.expect(false);
            }
        }
        json.expect(name != null && elements != null);
        return new Tensor(
                Objects.requireNonNull(name), Objects.requireNonNull(shape), Objects.requireNonNull(elements));
    }

    private static @Nullable Datatype datatype(String name) {
        for (Datatype each : Datatype.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static List<Integer> shape(JsonStream json) throws IOException {
        List<Integer> shape = new ArrayList<>(2);
        json.list();
        do {
            long size = json.whole();
            json.expect(size >= 0 && size <= Integer.MAX_VALUE);
            shape.add((int) size);
        } while (json.next());
        return shape;
    }

    /** The elements of one tensor: one list, or lists within each other as the shape says. */
    private static final class Data {
        private final JsonStream json;
        private final List<Integer> shape;
        private final Datatype datatype;
        private final double[] fractions;
        private final long[] wholes;
        private final boolean[] truths;
        private final String[] texts;
        private final int count;
        private int read;

        Data(JsonStream json, List<Integer> shape, Datatype datatype, int length) throws IOException {
            long all = 1;
            for (int size : shape) {
                all *= size;
                json.expect(all <= length);
            }
            this.json = json;
            this.shape = shape;
            this.datatype = datatype;
            this.count = (int) all;
            this.fractions = new double[datatype == Datatype.FP64 || datatype == Datatype.FP32 ? count : 0];
            this.wholes = new long[datatype == Datatype.INT64 || datatype == Datatype.INT32 ? count : 0];
            this.truths = new boolean[datatype == Datatype.BOOL ? count : 0];
            this.texts = new String[datatype == Datatype.BYTES ? count : 0];
        }

        Elements read() throws IOException {
            list(0);
            json.expect(read == count);
            return switch (datatype) {
                case FP64, FP32 -> new Fractions(fractions);
                case INT64, INT32 -> new Wholes(wholes);
                case BOOL -> new Truths(truths);
                case BYTES -> new Texts(texts);
            };
        }

        /** The list, at whose first element the stream is. */
        private void list(int depth) throws IOException {
            boolean nested = json.isList();
            int size = 0;
            do {
                if (nested) {
                    json.expect(json.isList() && json.next());
                    list(depth + 1);
                } else {
                    json.expect(read < count);
                    element();
                    read++;
                }
                size++;
            } while (json.next());
            json.expect((!nested && depth == 0) || (depth < shape.size() && size == shape.get(depth)));
        }

        private void element() throws IOException {
            switch (datatype) {
                case FP64 -> fractions[read] = json.number();
                case FP32 -> {
                    fractions[read] = (float) json.number();
                    json.expect(!Double.isInfinite(fractions[read]));
                }
                case INT64 -> wholes[read] = json.whole();
                case INT32 -> {
                    wholes[read] = json.whole();
                    json.expect(wholes[read] == (int) wholes[read]);
                }
                case BOOL -> {
                    json.expect(json.isBoolean());
                    truths[read] = json.truth();
                }
                case BYTES -> texts[read] = json.text();
            }
        }
    }
}

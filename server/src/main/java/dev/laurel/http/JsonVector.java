package dev.laurel.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.predict.UnansweredException;
import java.util.List;

/** Features of a model in JSON: by name, or as a list in the order of the signature. */
public final class JsonVector {
    private JsonVector() {}

    /** Each either way. */
    public static double[][] all(String at, JsonNode vectors, LoadedModel model) {
        double[][] all = new double[vectors.size()][];
        for (int i = 0; i < all.length; i++) {
            String place = at + "[" + i + "]";
            JsonNode vector = vectors.get(i);
            all[i] = vector.isArray() ? inOrder(place, vector, model) : byName(place, vector, model);
        }
        return all;
    }

    private static double[] byName(String at, JsonNode named, LoadedModel model) {
        List<String> features = model.signature().features();
        JsonCheck.keys(at, JsonCheck.object(at, named, "an object"), features);
        return features.stream()
                .mapToDouble(name -> JsonCheck.number(at + "." + name, JsonCheck.present(at, named, name), "a number"))
                .toArray();
    }

    public static double[] inOrder(String at, JsonNode list, LoadedModel model) {
        List<String> features = model.signature().features();
        if (list.size() != features.size()) {
            throw UnansweredException.invalid(
                    at, list.size() + " numbers", features.size() + ": " + String.join(", ", features));
        }
        double[] vector = new double[features.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = JsonCheck.number(at + "[" + i + "]", list.get(i), "a number");
        }
        return vector;
    }
}

package dev.laurel.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.LoadedModel;
import dev.laurel.http.JsonCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An output that a client wants, and whether as bytes. */
record WantedOutput(OutputKind kind, boolean binary) {
    private static final Set<String> PARAMETERS = Set.of("binary_data", "content_type");

    /** @param binary what holds for those that do not say it themselves */
    static List<WantedOutput> all(@Nullable JsonNode outputs, boolean binary, LoadedModel model) {
        List<OutputKind> kinds = OutputKind.of(model.signature().task());
        if (outputs == null || outputs.isNull() || outputs.isEmpty()) {
            List<WantedOutput> all = new ArrayList<>(kinds.size());
            for (OutputKind kind : kinds) {
                all.add(new WantedOutput(kind, binary));
            }
            return all;
        }
        JsonCheck.list("outputs", outputs);
        List<WantedOutput> wanted = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            wanted.add(read("outputs[" + i + "]", outputs.get(i), binary, kinds));
        }
        return wanted;
    }

    private static WantedOutput read(String at, JsonNode node, boolean binary, List<OutputKind> kinds) {
        JsonCheck.keys(at, JsonCheck.object(at, node, "an object"), Set.of("name", "parameters"));
        String name = JsonCheck.text(at + ".name", JsonCheck.present(at, node, "name"), "text");
        OutputKind kind = OutputKind.named(at + ".name", name, kinds);
        JsonNode parameters = node.get("parameters");
        if (parameters == null || parameters.isNull()) {
            return new WantedOutput(kind, binary);
        }
        String place = at + ".parameters";
        JsonCheck.keys(place, JsonCheck.object(place, parameters, "an object"), PARAMETERS);
        return new WantedOutput(
                kind, parameters.has("binary_data") ? InferRequest.flag(parameters, "binary_data") : binary);
    }
}

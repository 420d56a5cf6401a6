package dev.laurel.store;

import dev.laurel.model.ModelName;

/**
 * What something turned out to be true of.
 *
 * @param name the id of a request, or the key of a row
 * @param place of the row among the answers to its request, from 0; 0 for keys
 */
public record Subject(ModelName model, About about, String name, int place) {
    /** By what an answer is named. */
    public enum About {
        REQUEST,
        KEY
    }

    public static Subject request(ModelName model, String requestId, int place) {
        return new Subject(model, About.REQUEST, requestId, place);
    }

    public static Subject key(ModelName model, String key) {
        return new Subject(model, About.KEY, key, 0);
    }
}

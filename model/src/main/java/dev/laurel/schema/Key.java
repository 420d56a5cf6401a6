package dev.laurel.schema;

import org.jspecify.annotations.Nullable;

/**
 * One key of a record.
 *
 * @param optional whether a document may leave it out
 * @param byDefault the value where it is left out; null where there is none
 */
record Key(
        String name, Type type, boolean optional, @Nullable String byDefault, String says) {
    boolean isRequired() {
        return !optional;
    }

    /** Whether a document without it says the same as with any value of it left unsaid; not so where a default stands in. */
    boolean isPlainlyOptional() {
        return optional && byDefault == null;
    }
}

package dev.laurel.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key, a kind or a word of a definition means, in a sentence for those who write one: {@code @Says("Trees that are grown.") int trees}.
 * Stands on the component of a record (or on the method of an interface that several records have), on a record and on a constant.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD, ElementType.TYPE, ElementType.FIELD})
public @interface Says {
    String value();
}

package dev.laurel.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which numbers a component of a definition takes: {@code @Within(from = 1, to = 64) int depth}. Editors and the reference know it from here;
 * the record refuses the others by itself, and a test holds the two equal.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {
    double from() default Double.NEGATIVE_INFINITY;

    double to() default Double.POSITIVE_INFINITY;

    /** A bound that is no such number itself. */
    double above() default Double.NEGATIVE_INFINITY;

    double below() default Double.POSITIVE_INFINITY;
}

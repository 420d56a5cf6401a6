package dev.laurel.schema;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Retention;
import dev.laurel.definition.Search;
import dev.laurel.definition.Trainer;
import dev.laurel.model.Default;
import dev.laurel.model.Experiment;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import dev.laurel.yaml.Yaml;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads off the records of a definition what may stand in it. */
final class Types {
    static final Type.Keys DEFINITION = record(Definition.class);

    private Types() {}

    static Type.Keys record(Class<?> java) {
        return new Type.Keys(java, says(java, java.getSimpleName()));
    }

    static List<Key> keys(Class<?> java) {
        return Arrays.stream(java.getRecordComponents()).map(Types::key).toList();
    }

    private static Key key(RecordComponent component) {
        Default byDefault = component.getAnnotation(Default.class);
        boolean optional = byDefault != null || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Key(
                Yaml.key(component),
                type(component.getGenericType(), component),
                optional,
                byDefault == null ? null : byDefault.value(),
                says(described(component), component.toString()));
    }

    /** The component itself, or the method of an interface that it has in common with other records. */
    private static AnnotatedElement described(RecordComponent component) {
        if (component.isAnnotationPresent(Says.class)) {
            return component;
        }
        for (Class<?> general : component.getDeclaringRecord().getInterfaces()) {
            try {
                return general.getMethod(component.getName());
            } catch (NoSuchMethodException e) {
                // The next one may have it.
            }
        }
        return component;
    }

    private static String says(AnnotatedElement element, String thing) {
        Says says = element.getAnnotation(Says.class);
        if (says == null) {
            throw new IllegalStateException(thing + ": no words for the reference; add @Says(\"...\")");
        }
        return says.value();
    }

    private static Type type(java.lang.reflect.Type java, AnnotatedElement component) {
        if (java instanceof ParameterizedType general) {
            java.lang.reflect.Type[] arguments = general.getActualTypeArguments();
            return general.getRawType() == SortedMap.class
                    ? new Type.ByName(names(component), type(arguments[1], component))
                    : new Type.ListOf(type(arguments[0], component));
        }
        Class<?> plain = (Class<?>) java;
        if (plain == Experiment.class) {
            return new Type.ByName(hyperparameters(), new Type.Numeric(double.class, Bounds.of(null)));
        }
        if (plain == Retention.class) {
            return new Type.WordOr("off", "Every version stays.", record(Retention.Last.class));
        }
        if (Yaml.isText(plain)) {
            return new Type.Text(plain);
        }
        if (plain == LocalDate.class) {
            return new Type.Date();
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Type.Flag();
        }
        if (plain.isEnum()) {
            return words(plain);
        }
        if (!Yaml.recordsOf(plain).isEmpty()) {
            return new Type.OneKind(plain);
        }
        return plain.isRecord()
                ? record(plain)
                : new Type.Numeric(plain, Bounds.of(component.getAnnotation(Within.class)));
    }

    private static Type words(Class<?> java) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Object each : java.getEnumConstants()) {
            Enum<?> constant = (Enum<?>) each;
            try {
                words.put(Yaml.word(constant), says(java.getField(constant.name()), java + " " + constant));
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException("every constant is a field", e);
            }
        }
        return new Type.Words(java, words);
    }

    /** A search is for hyperparameters; other maps have names of their own. */
    private static SortedMap<String, String> names(AnnotatedElement component) {
        return component instanceof RecordComponent of && Search.class.isAssignableFrom(of.getDeclaringRecord())
                ? hyperparameters()
                : Collections.emptySortedMap();
    }

    /** Those of all trainers, each with what it means where it stands first. */
    private static SortedMap<String, String> hyperparameters() {
        SortedMap<String, String> names = new TreeMap<>();
        for (Class<?> trainer : Yaml.recordsOf(Trainer.class).values()) {
            keys(trainer).stream()
                    .filter(key -> key.type() instanceof Type.Numeric)
                    .forEach(key -> names.putIfAbsent(key.name(), key.says()));
        }
        return names;
    }
}

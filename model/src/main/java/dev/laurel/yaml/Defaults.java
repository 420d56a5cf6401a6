package dev.laurel.yaml;

import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JavaType;
import java.util.Arrays;

/** Gives a component that a document does not name the value of its {@link dev.laurel.model.Default}. */
final class Defaults extends InjectableValues {
    private static final long serialVersionUID = 1;

    /** The text of a default, apart from other things that could be injected. */
    record Text(String value) {}

    @Override
    @SuppressWarnings("deprecation") // abstract still, so there is no other to override
    public Object findInjectableValue(
            Object id, DeserializationContext context, BeanProperty property, Object instance) {
        String text = ((Text) id).value();
        JavaType type = property.getType();
        if (type.hasRawClass(int.class)) {
            return Integer.valueOf(text);
        }
        if (type.hasRawClass(double.class)) {
            return Double.valueOf(text);
        }
        if (type.hasRawClass(boolean.class)) {
            return Boolean.valueOf(text);
        }
        if (type.hasRawClass(String.class)) {
            return text;
        }
        if (type.isEnumType()) {
            return Arrays.stream((Enum<?>[]) type.getRawClass().getEnumConstants())
                    .filter(constant -> RecordIntrospector.written(constant).equals(text))
                    .findFirst()
                    .orElseThrow();
        }
        throw new IllegalStateException("%s: no default of such a type".formatted(type));
    }
}

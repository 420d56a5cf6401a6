package dev.laurel.yaml;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.laurel.model.Default;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every component of a record has to be there unless it is {@code @Nullable}; enum constants are written in kebab-case; where one of
 * several records may stand, a key says which. That needs no annotations, each kind of which would slow every start.
 */
final class RecordIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private static final JsonTypeInfo.Value KIND = JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, Yaml.KIND, null, false, null, null);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        return Kinds.of(annotated.getRawType()).isEmpty() ? null : KIND;
    }

    @Override
    public List<NamedType> findSubtypes(Annotated annotated) {
        return Kinds.of(annotated.getRawType());
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return (member instanceof AnnotatedParameter parameter && isRecord(parameter))
                ? Boolean.valueOf(!isNullable(parameter) && defaultOf(parameter) == null)
                : super.hasRequiredMarker(member);
    }

    /** Where a component has a default, that is what Jackson injects when the document does not name it. */
    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
        if (member instanceof AnnotatedParameter parameter && isRecord(parameter)) {
            Default value = defaultOf(parameter);
            return value == null ? null : JacksonInject.Value.construct(new Defaults.Text(value.value()), true, true);
        }
        return super.findInjectableValue(member);
    }

    @Override
    public String[] findEnumValues(
            MapperConfig<?> config, AnnotatedClass annotatedClass, Enum<?>[] constants, String[] names) {
        return Arrays.stream(constants).map(RecordIntrospector::written).toArray(String[]::new);
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isRecord(AnnotatedParameter parameter) {
        return parameter.getDeclaringClass().isRecord();
    }

    private static boolean isNullable(AnnotatedParameter parameter) {
        return parameter.getOwner().getAnnotated() instanceof Executable executable
                && executable.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Default defaultOf(AnnotatedParameter parameter) {
        return parameter.getOwner().getAnnotated() instanceof Executable executable
                ? executable.getParameters()[parameter.getIndex()].getAnnotation(Default.class)
                : null;
    }
}

package dev.laurel.yaml;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.deser.LocalDateDeserializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import com.fasterxml.jackson.datatype.jsr310.ser.LocalDateSerializer;
import dev.laurel.definition.Retention;
import dev.laurel.definition.Schedule;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads and writes every YAML document of Laurel. Records are bound by their components in {@code snake_case}, enum constants in {@code
 * kebab-case}. Reading is strict: unknown, missing and doubled keys, null, a wrong type, aliases, tags and a document of more than one
 * mebibyte are errors. Writing is canonical: the same value always gives the same bytes.
 */
public final class Yaml {
    /** Far more than any document of ours; what is larger is not read at all. */
    public static final int MAXIMUM_BYTES = 1 << 20;

    /** The key that says which of several records stands there. */
    public static final String KIND = "kind";

    private static final Set<Class<?>> TEXTS =
            Set.of(String.class, ModelName.class, Environment.class, Version.class, Digest.class, Schedule.class);

    private static final List<byte[]> BYTE_ORDER_MARKS = List.of(
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
            new byte[] {(byte) 0xfe, (byte) 0xff},
            new byte[] {(byte) 0xff, (byte) 0xfe});

    private static final YAMLMapper MAPPER = mapper();

    private Yaml() {}

    /**
     * @param file the name of the document, for messages
     * @throws InvalidDocumentException with file and line, when the bytes are not such a document
     */
    public static <T> T read(byte[] bytes, String file, Class<T> type) {
        return read(bytes, file, type, MAPPER);
    }

    /** Reads a document of a newer format: as {@link #read}, but keys that are unknown here are passed over. */
    public static <T> T readKnown(byte[] bytes, String file, Class<T> type) {
        return read(bytes, file, type, MAPPER.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    private static <T> T read(byte[] bytes, String file, Class<T> type, ObjectMapper mapper) {
        if (bytes.length > MAXIMUM_BYTES) {
            throw tooLarge(bytes, file);
        }
        if (isMarked(bytes)) {
            throw new InvalidDocumentException(
                    file, 1, "a byte order mark at the beginning (expected: UTF-8 without one)");
        }
        try (StrictParser parser = StrictParser.of(MAPPER.getFactory(), bytes)) {
            T document = mapper.readValue(parser, type);
            parser.expectEnd();
            return document;
        } catch (IOException e) {
            return explained(bytes, file, type, mapper);
        }
    }

    private static InvalidDocumentException tooLarge(byte[] bytes, String file) {
        return new InvalidDocumentException(file, 0, bytes.length + " bytes (expected: at most " + MAXIMUM_BYTES + ")");
    }

    /** Of UTF-8 or UTF-16. It does not show, and would be part of the first key. */
    private static boolean isMarked(byte[] bytes) {
        return BYTE_ORDER_MARKS.stream()
                .anyMatch(mark ->
                        bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length));
    }

    /** Once more, in twice the time, to say what is wrong and where. */
    private static <T> T explained(byte[] bytes, String file, Class<T> type, ObjectMapper mapper) {
        try {
            DocumentOutline outline = DocumentOutline.of(MAPPER.getFactory(), bytes, file);
            try {
                return mapper.readValue(bytes, type);
            } catch (JsonMappingException e) {
                throw YamlErrors.explain(e, outline);
            }
        } catch (JacksonException e) {
            throw YamlErrors.explain(e, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as a tree, for those who show it rather than use it. */
    public static JsonNode toTree(Object document) {
        return MAPPER.valueToTree(document);
    }

    public static byte[] write(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JacksonException e) {
            throw new IllegalStateException("our own records can always be written", e);
        }
    }

    /** The kinds of a type that has several. */
    static List<String> kinds(Class<?> type) {
        return Kinds.of(type).stream().map(NamedType::getName).toList();
    }

    /** The records that may stand where this type is expected, by the names of their kinds, in order; empty where it is one record. */
    public static Map<String, Class<?>> recordsOf(Class<?> type) {
        Map<String, Class<?>> records = new LinkedHashMap<>();
        Kinds.of(type).forEach(kind -> records.put(kind.getName(), kind.getType()));
        return records;
    }

    /** How a component of a record is called in documents. */
    public static String key(RecordComponent component) {
        return KeyNames.INSTANCE.translate(component.getName());
    }

    /** How a constant is written in documents. */
    public static String word(Enum<?> constant) {
        return RecordIntrospector.written(constant);
    }

    /** Whether it is written as one text. */
    public static boolean isText(Class<?> type) {
        return TEXTS.contains(type);
    }

    /**
     * The document as it is written, with all places and without a look at what it should be.
     *
     * @throws InvalidDocumentException when it is not YAML, or too large
     */
    public static Node parse(byte[] bytes, String file) {
        if (bytes.length > MAXIMUM_BYTES) {
            throw tooLarge(bytes, file);
        }
        try {
            return NodeReader.read(MAPPER.getFactory(), bytes, file);
        } catch (JacksonException e) {
            throw YamlErrors.explain(e, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a type has against a value by its own checks; the keys, words and types of the value are right already. */
    public static Optional<InvalidValueException> objection(JsonNode value, Class<?> type) {
        try {
            MAPPER.treeToValue(value, type);
            return Optional.empty();
        } catch (JacksonException e) {
            return YamlErrors.invalidValue(e) instanceof InvalidValueException invalid
                    ? Optional.of(invalid)
                    : Optional.of(new InvalidValueException(type.getSimpleName(), value, "another value"));
        }
    }

    private static YAMLMapper mapper() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAXIMUM_BYTES);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(limits)
                .stringQuotingChecker(new Quoting())
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        YAMLMapper mapper = YAMLMapper.builder(factory)
                .addModule(valueTypes())
                .annotationIntrospector(new RecordIntrospector())
                .propertyNamingStrategy(KeyNames.INSTANCE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // The components of a record are its document, not the methods beside them.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        mapper.setInjectableValues(new Defaults());
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    /** Of Java's times only those that a document has; the whole module of them would slow every start. */
    private static SimpleModule valueTypes() {
        SimpleModule module = new SimpleModule("laurel-values");
        text(module, ModelName.class, ModelName::new);
        text(module, Environment.class, Environment::new);
        text(module, Version.class, Version::parse);
        text(module, Digest.class, Digest::parse);
        text(module, Schedule.class, Schedule::parse);
        module.addSerializer(Experiment.class, new Experiments.Serializer());
        module.addDeserializer(Experiment.class, new Experiments.Deserializer());
        module.addSerializer(Instant.class, InstantSerializer.INSTANCE);
        module.addDeserializer(Instant.class, InstantDeserializer.INSTANT);
        module.addSerializer(LocalDate.class, LocalDateSerializer.INSTANCE);
        module.addDeserializer(LocalDate.class, LocalDateDeserializer.INSTANCE);
        module.addSerializer(Retention.Off.class, new Retentions.OffSerializer());
        module.addDeserializer(Retention.class, new Retentions.Deserializer());
        module.addSerializer(double.class, new Doubles.Serializer());
        module.addSerializer(Double.class, new Doubles.Serializer());
        module.addDeserializer(double.class, new Doubles.Deserializer());
        module.addDeserializer(Double.class, new Doubles.Deserializer());
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, new ToStringSerializer(type));
        module.addDeserializer(type, new FromStringDeserializer<T>(type) {
            @Override
            protected T _deserialize(String text, DeserializationContext context) throws IOException {
                try {
                    return parse.apply(text);
                } catch (InvalidValueException e) {
                    throw new InvalidTextException(context.getParser(), e);
                }
            }
        });
    }
}

package dev.laurel.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.model.InvalidValueException;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers that editors and the reference know are those that the records take. */
class BoundsTest {
    /** Numbers that are allowed beside one word only. */
    private static final Map<String, String> ONLY_BESIDE =
            Map.of("max_days", "how=newest-before", "share", "mode=canary");

    /** A record with a key that has bounds. */
    private record Bounded(Type.Keys record, Key key, Type.Numeric type) {
        @Override
        public String toString() {
            return record.java().getSimpleName() + "." + key.name();
        }
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void theRecordRefusesWhatIsOutsideAndNothingElse(Bounded each) {
        Bounds bounds = each.type().bounds();
        double step = each.type().isWhole() ? 1 : 1e-6 * Math.max(1, Math.abs(bounds.to()));
        if (Double.isFinite(bounds.from())) {
            assertThat(isRefused(each, bounds.from())).isFalse();
            assertThat(isRefused(each, bounds.from() - step)).isTrue();
        }
        if (Double.isFinite(bounds.to())) {
            assertThat(isRefused(each, bounds.to())).isFalse();
            assertThat(isRefused(each, bounds.to() + step)).isTrue();
        }
        if (Double.isFinite(bounds.above())) {
            assertThat(isRefused(each, bounds.above())).isTrue();
            assertThat(isRefused(each, bounds.above() + 1e-9)).isFalse();
        }
        if (Double.isFinite(bounds.below())) {
            assertThat(isRefused(each, bounds.below())).isTrue();
            assertThat(isRefused(each, bounds.below() - 1e-9)).isFalse();
        }
    }

    private static boolean isRefused(Bounded each, double value) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        each.record().keys().stream().filter(Key::isRequired).forEach(key -> put(document, key.name(), key.type()));
        if (each.key().name().equals("worst")) {
            // Any number for an error, a share for accuracy.
            document.put("metric", "rmse");
        }
        String other = ONLY_BESIDE.get(each.key().name());
        if (other != null) {
            document.put(other.split("=")[0], other.split("=")[1]);
        }
        if (each.type().isWhole()) {
            document.put(each.key().name(), (long) value);
        } else {
            document.put(each.key().name(), value);
        }
        Optional<InvalidValueException> objection =
                Yaml.objection(document, each.record().java());
        return objection.filter(e -> e.thing().equals(each.key().name())).isPresent();
    }

    /** A value that its record takes, as far as its type tells. */
    private static void put(ObjectNode document, String key, Type type) {
        if (type instanceof Type.Numeric number) {
            double least = number.bounds().from();
            document.put(key, Double.isFinite(least) ? (long) least : 1);
        } else if (type instanceof Type.Words words) {
            document.put(key, words.words().keySet().iterator().next());
        } else if (type instanceof Type.OneKind) {
            document.putObject(key).put("kind", "bundled").put("name", "iris");
        } else if (type instanceof Type.Flag) {
            document.put(key, false);
        } else if (type instanceof Type.ByName map && map.of() instanceof Type.ListOf) {
            document.putObject(key).putArray("depth").add(1);
        } else if (type instanceof Type.ByName) {
            document.putObject(key).putObject("depth").put("from", 1).put("to", 2);
        } else {
            document.put(key, key);
        }
    }

    static List<Bounded> bounded() {
        Map<Class<?>, Type.Keys> records = new LinkedHashMap<>();
        collect(Types.DEFINITION, records);
        List<Bounded> all = new ArrayList<>();
        records.values()
                .forEach(record -> record.keys().forEach(key -> {
                    if (key.type() instanceof Type.Numeric number
                            && !number.bounds().isOpen()) {
                        all.add(new Bounded(record, key, number));
                    }
                }));
        return all;
    }

    private static void collect(Type type, Map<Class<?>, Type.Keys> records) {
        if (type instanceof Type.Keys keys && records.putIfAbsent(keys.java(), keys) == null) {
            keys.keys().forEach(key -> collect(key.type(), records));
        } else if (type instanceof Type.OneKind kinds) {
            kinds.kinds().values().forEach(keys -> collect(keys, records));
        } else if (type instanceof Type.ListOf list) {
            collect(list.of(), records);
        } else if (type instanceof Type.ByName map) {
            collect(map.of(), records);
        } else if (type instanceof Type.WordOr either) {
            collect(either.keys(), records);
        }
    }

    @Test
    void thereAreSome() {
        assertThat(bounded()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 64, -Infinity, Infinity, 1..64",
        "-Infinity, 1, 0, Infinity, 'above 0, up to 1'",
        "-Infinity, Infinity, 0, 1, 'above 0, below 1'",
        "0, Infinity, -Infinity, Infinity, from 0"
    })
    void theyAreSaidInAFewWords(double from, double to, double above, double below, String text) {
        assertThat(new Bounds(from, to, above, below)).hasToString(text);
    }
}

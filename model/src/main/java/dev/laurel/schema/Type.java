package dev.laurel.schema;

import dev.laurel.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What may stand at a place of a definition. */
sealed interface Type {

    /** For people, after "expected": {@code a whole number, 1..64}. */
    String expected();

    /** @param java the class that it is bound to, which has bounds of its own */
    record Numeric(Class<?> java, Bounds bounds) implements Type {
        boolean isWhole() {
            return java == int.class || java == Integer.class || java == long.class || java == Long.class;
        }

        boolean isSmall() {
            return java == int.class || java == Integer.class;
        }

        @Override
        public String expected() {
            return (isWhole() ? "a whole number" : "a number") + (bounds.isOpen() ? "" : ", " + bounds);
        }
    }

    /** @param java the class that it is bound to, which may check its form */
    record Text(Class<?> java) implements Type {
        @Override
        public String expected() {
            return "text";
        }
    }

    record Date() implements Type {
        @Override
        public String expected() {
            return "a date such as 2020-04-17";
        }
    }

    record Flag() implements Type {
        @Override
        public String expected() {
            return "true or false";
        }
    }

    /** @param words the constants as they are written, with what each means */
    record Words(Class<?> java, Map<String, String> words) implements Type {
        @Override
        public String expected() {
            return "one of " + String.join(", ", words.keySet());
        }
    }

    record ListOf(Type of) implements Type {
        @Override
        public String expected() {
            return "a list";
        }
    }

    /** @param names those by which values may stand, with what each means; empty for any */
    record ByName(SortedMap<String, String> names, Type of) implements Type {
        @Override
        public String expected() {
            return "names and values";
        }
    }

    /** A record. Its keys are looked up when they are asked for, since a kind of source may hold sources. */
    record Keys(Class<?> java, String says) implements Type {
        List<Key> keys() {
            return Types.keys(java);
        }

        @Override
        public String expected() {
            return "keys and values";
        }
    }

    /** One of several records, of which {@code kind} says which. */
    record OneKind(Class<?> java) implements Type {
        Map<String, Keys> kinds() {
            Map<String, Keys> kinds = new LinkedHashMap<>();
            Yaml.recordsOf(java).forEach((name, type) -> kinds.put(name, Types.record(type)));
            return kinds;
        }

        String expectedKind() {
            return "one of " + String.join(", ", Yaml.recordsOf(java).keySet());
        }

        @Override
        public String expected() {
            return "keys and values";
        }
    }

    /** One word, or a record. */
    record WordOr(String word, String says, Keys keys) implements Type {
        @Override
        public String expected() {
            return word + ", or keys and values";
        }
    }
}

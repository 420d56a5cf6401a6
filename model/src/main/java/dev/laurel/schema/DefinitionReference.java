package dev.laurel.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code docs/definition.md}: every key of a definition, with its type, its default and what it means. */
public final class DefinitionReference {
    private static final String BEGINNING = """
            # The definition of a model

            `models/<name>/model.yaml` says all that there is to say about how a model is made. This page is made from the types that read it.
            `laurel schema` prints the same for editors, as a JSON Schema; `laurel check <file>` says everything that is wrong with a definition at once;
            `laurel new <model> --csv <file> --target <column>` writes a first one.

            Reading is strict: a key that is not known, one that is missing or stands twice, `null`, an alias and a tag are errors. *Required* keys have no
            default; *optional* ones may be left out. Texts that look like numbers stand in quotes.
            """;

    private final StringBuilder page = new StringBuilder(BEGINNING);
    /** Records and kinds that keys name, each described once, below. */
    private final Map<String, Type> named = new LinkedHashMap<>();

    private final Deque<String> waiting = new ArrayDeque<>();

    private DefinitionReference() {}

    public static byte[] markdown() {
        DefinitionReference reference = new DefinitionReference();
        reference.section("##", "model.yaml", Types.DEFINITION);
        while (!reference.waiting.isEmpty()) {
            String name = reference.waiting.remove();
            reference.section(name, Objects.requireNonNull(reference.named.get(name)));
        }
        return reference.page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void section(String name, Type type) {
        if (type instanceof Type.OneKind kinds) {
            page.append("\n## ").append(name).append("\n\n");
            page.append("| kind | |\n|---|---|\n");
            kinds.kinds()
                    .forEach((kind, keys) -> page.append(
                            "| [`%s`](#%s) | %s |\n".formatted(kind, anchor(name, kind), cell(keys.says()))));
            kinds.kinds().forEach((kind, keys) -> section("###", name + ": " + kind, keys));
        } else if (type instanceof Type.Keys keys) {
            section("##", name, keys);
        } else if (type instanceof Type.Words words) {
            page.append("\n## ").append(name).append("\n\n| word | |\n|---|---|\n");
            words.words().forEach((word, says) -> page.append("| `%s` | %s |\n".formatted(word, cell(says))));
        }
    }

    private void section(String level, String title, Type.Keys type) {
        page.append("\n%s %s\n\n%s\n".formatted(level, title, type.says()));
        List<Key> keys = type.keys();
        if (keys.isEmpty()) {
            page.append("\nNo keys beside `kind`.\n");
            return;
        }
        page.append("\n| key | value | default | |\n|---|---|---|---|\n");
        for (Key key : keys) {
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key.name(), value(key.type()), byDefault(key), cell(key.says())));
        }
    }

    private static String byDefault(Key key) {
        if (key.isRequired()) {
            return "*required*";
        }
        return key.byDefault() == null ? "*optional*" : "`" + key.byDefault() + "`";
    }

    private String value(Type type) {
        if (type instanceof Type.ListOf list) {
            return "a list: " + value(list.of());
        }
        if (type instanceof Type.ByName map) {
            String names = map.names().isEmpty() ? "by name" : "by hyperparameter";
            return names + ": " + value(map.of());
        }
        if (type instanceof Type.WordOr either) {
            return "`" + either.word() + "` (" + cell(lower(either.says())) + "), or " + value(either.keys());
        }
        if (type instanceof Type.OneKind kinds) {
            return "a kind of " + link(kinds.java().getSimpleName().toLowerCase(Locale.ROOT), type);
        }
        if (type instanceof Type.Keys keys) {
            return "keys of " + link(keys.java().getSimpleName().toLowerCase(Locale.ROOT), type);
        }
        return type instanceof Type.Words words
                ? "a word of " + link(words.java().getSimpleName().toLowerCase(Locale.ROOT), type)
                : cell(type.expected());
    }

    private String link(String name, Type type) {
        if (!named.containsKey(name)) {
            named.put(name, type);
            waiting.add(name);
        }
        return "[%s](#%s)".formatted(name, anchor(name));
    }

    /** As Git hosts make them of headings. */
    private static String anchor(String... words) {
        return String.join("-", words).replace(' ', '-').replace(":", "");
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT)
                + sentence.substring(1).replaceAll("\\.$", "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}

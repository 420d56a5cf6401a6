package dev.laurel.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.definition.Definition;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Node;
import dev.laurel.yaml.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says everything that is wrong with a definition at once, where reading stops at the first. Each part that is whole by itself is made a record,
 * so that its own checks speak too; for that a misspelt key counts as the one that was meant, and what may be left out is left out where it is
 * wrong.
 */
public final class DefinitionCheck {
    private static final Pattern PLACE_IN_LIST = Pattern.compile("([a-z_]+)\\[(\\d+)](.*)");

    private final Findings findings;
    /** Of lists from which wrong items were left out: which item stands at each place now. */
    private final Map<String, List<Integer>> kept = new HashMap<>();

    private DefinitionCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * Nothing for a definition that is right.
     *
     * @param file the name of the document, for messages
     */
    public static List<Finding> of(byte[] yaml, String file) {
        return of(yaml, file, Definition.class);
    }

    /** The same of another document: a record, each component of which has its {@link dev.laurel.model.Says words}. */
    public static List<Finding> of(byte[] yaml, String file, Class<?> type) {
        try {
            Findings findings = new Findings(file);
            new DefinitionCheck(findings).checked("", Yaml.parse(yaml, file), Types.record(type));
            List<Finding> found = findings.inOrder();
            if (found.isEmpty()) {
                // What training will do; the two should agree.
                Yaml.read(yaml, file, type);
            }
            return found;
        } catch (InvalidDocumentException e) {
            return List.of(Finding.of(file, e));
        }
    }

    /** The value to make a record of; null where it is wrong. */
    private @Nullable JsonNode checked(String path, Node node, Type type) {
        if (node instanceof Node.Refused refused) {
            findings.add(path, node.place(), refused.shown(), refused.expected());
            return null;
        }
        if (type instanceof Type.Keys keys && node instanceof Node.Entries entries) {
            return ofKeys(path, entries, keys);
        }
        if (type instanceof Type.OneKind kinds && node instanceof Node.Entries entries) {
            return ofKind(path, entries, kinds);
        }
        if (type instanceof Type.WordOr either && node instanceof Node.Entries entries) {
            return ofKeys(path, entries, either.keys());
        }
        if (type instanceof Type.ByName named && node instanceof Node.Entries entries) {
            return byName(path, entries, named);
        }
        if (type instanceof Type.ListOf list && node instanceof Node.Items items) {
            return ofList(path, items, list);
        }
        if (node instanceof Node.Scalar scalar) {
            Optional<String> expected = Scalars.expected(scalar, type);
            if (expected.isEmpty()) {
                return scalar.value();
            }
            findings.add(path, node.place(), scalar.shown(), expected.get());
            return null;
        }
        findings.add(path, node.place(), node.shown(), type.expected());
        return null;
    }

    private @Nullable JsonNode ofKind(String path, Node.Entries entries, Type.OneKind type) {
        Map<String, Type.Keys> kinds = type.kinds();
        Node.Entry named = entries.entries().stream()
                .filter(entry -> entry.key().equals(Yaml.KIND))
                .findFirst()
                .orElse(null);
        String kindPath = child(path, Yaml.KIND);
        if (named == null) {
            findings.add(kindPath, entries.place(), "missing", type.expectedKind());
            return null;
        }
        String name =
                named.value() instanceof Node.Scalar scalar ? scalar.value().asText() : "";
        Type.Keys keys = kinds.get(name);
        if (keys == null) {
            findings.add(kindPath, named.value().place(), named.value().shown(), Findings.oneOf(kinds.keySet(), name));
            // Its other keys are those of the kind that was meant.
            keys = Nearest.near(name, kinds.keySet()).map(kinds::get).orElse(null);
        }
        JsonNode value = keys == null ? null : ofKeys(path, entries, keys, Yaml.KIND);
        if (value instanceof ObjectNode object && keys != null) {
            String meant = kinds.containsKey(name)
                    ? name
                    : Nearest.near(name, kinds.keySet()).orElse(name);
            return object.put(Yaml.KIND, meant);
        }
        return null;
    }

    private @Nullable JsonNode ofKeys(String path, Node.Entries entries, Type.Keys type, String... beside) {
        List<Key> keys = type.keys();
        Map<String, Node> values = values(path, entries, keys, Set.of(beside));
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean whole = true;
        for (Key key : keys) {
            Node node = values.get(key.name());
            String below = child(path, key.name());
            if (node == null) {
                if (key.isRequired()) {
                    findings.add(below, entries.place(), "missing", key.type().expected());
                    whole = false;
                }
                continue;
            }
            JsonNode value = checked(below, node, key.type());
            if (value != null) {
                object.set(key.name(), value);
            } else if (!key.isPlainlyOptional()) {
                whole = false;
            }
        }
        return whole && isAccepted(path, object, type.java()) ? object : null;
    }

    /** By the names of the keys that are meant. What is doubled or unknown is said. */
    private Map<String, Node> values(String path, Node.Entries entries, List<Key> keys, Set<String> beside) {
        Set<String> known = keys.stream().map(Key::name).collect(Collectors.toCollection(LinkedHashSet::new));
        known.addAll(beside);
        Set<String> missing = new LinkedHashSet<>(known);
        entries.entries().forEach(entry -> missing.remove(entry.key()));
        Map<String, Node> values = new HashMap<>();
        Map<String, Node.Place> first = new HashMap<>();
        for (Node.Entry entry : entries.entries()) {
            String below = child(path, entry.key());
            findings.place(below, place(entry));
            Node.Place before = first.putIfAbsent(entry.key(), entry.place());
            if (before != null) {
                findings.add(
                        below, entry.place(), "doubled key", "each key once; the first is in line " + before.line());
            } else if (known.contains(entry.key())) {
                values.put(entry.key(), entry.value());
            } else {
                findings.add(below, entry.place(), "unknown key", Findings.oneOf(known, entry.key()));
                Nearest.near(entry.key(), missing).ifPresent(meant -> {
                    values.putIfAbsent(meant, entry.value());
                    findings.place(child(path, meant), place(entry));
                });
            }
        }
        return values;
    }

    /** Of a value that goes on over lines the place of its key. */
    private static Node.Place place(Node.Entry entry) {
        return entry.value() instanceof Node.Scalar ? entry.value().place() : entry.place();
    }

    private @Nullable JsonNode byName(String path, Node.Entries entries, Type.ByName type) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean whole = true;
        Map<String, Node.Place> first = new HashMap<>();
        for (Node.Entry entry : entries.entries()) {
            String below = child(path, entry.key());
            findings.place(below, place(entry));
            Node.Place before = first.putIfAbsent(entry.key(), entry.place());
            JsonNode value = null;
            if (before != null) {
                findings.add(
                        below, entry.place(), "doubled key", "each key once; the first is in line " + before.line());
            } else if (!type.names().isEmpty() && !type.names().containsKey(entry.key())) {
                findings.add(
                        below,
                        entry.place(),
                        "unknown hyperparameter",
                        Findings.oneOf(type.names().keySet(), entry.key()));
            } else {
                value = checked(below, entry.value(), type.of());
            }
            whole &= value != null;
            object.set(entry.key(), value);
        }
        return whole ? object : null;
    }

    private @Nullable JsonNode ofList(String path, Node.Items items, Type.ListOf type) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        List<Integer> right = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            String below = path + "[" + i + "]";
            findings.place(below, items.nodes().get(i).place());
            JsonNode value = checked(below, items.nodes().get(i), type.of());
            if (value != null) {
                right.add(i);
                array.add(value);
            }
        }
        kept.put(path, right);
        return array.isEmpty() && !items.nodes().isEmpty() ? null : array;
    }

    private boolean isAccepted(String path, ObjectNode value, Class<?> type) {
        Optional<InvalidValueException> objection = Yaml.objection(value, type);
        objection.ifPresent(e -> findings.add(child(path, asWritten(path, e.thing())), e.problem()));
        return objection.isEmpty();
    }

    /** A thing such as {@code experiments[1].trees}, counted as the document has it. */
    private String asWritten(String path, String thing) {
        Matcher matcher = PLACE_IN_LIST.matcher(thing);
        if (!matcher.matches()) {
            return thing;
        }
        List<Integer> right = kept.getOrDefault(child(path, matcher.group(1)), List.of());
        int place = Integer.parseInt(matcher.group(2));
        return place < right.size()
                ? "%s[%s]%s".formatted(matcher.group(1), right.get(place), matcher.group(3))
                : thing;
    }

    private static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

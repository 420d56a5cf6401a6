package dev.laurel.cli.repository;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.source.SourceChoice;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * What a new models repository begins with: definitions that are part of Laurel, their sources chosen.
 *
 * @param definitions the {@code model.yaml} of each model
 * @param source which sources were chosen and why, for people, a line each
 */
public record Starter(SortedMap<ModelName, byte[]> definitions, String source) {
    public static final String DEFAULT = "spy-direction";
    /** Stands for all of them. */
    static final String EVERY = "all";

    /** Where a template has the day of its first run. */
    private static final String ANCHOR = "${anchor}";

    private static final List<String> NAMES =
            List.of(DEFAULT, "iris", "airline-passengers", "gold-change", "damage-incidence");

    /**
     * @param names of definitions, or {@link #EVERY}
     * @param offline to take bundled rows without asking the internet
     * @param data the folder of files that sources read; null where there is none
     * @throws InvalidValueException when there is no such definition
     */
    public static Starter choose(List<String> names, boolean offline, @Nullable Path data) {
        SortedMap<ModelName, byte[]> definitions = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (String name : expanded(names)) {
            String template = template(name + ".yaml");
            // What the source is does not depend on what is chosen; any choice makes the template a definition.
            Definition draft = definition(fill(template, Source.Choice.SOURCE, LocalDate.EPOCH), name);
            @Nullable
            SourceChoice choice = SourceChoice.make(draft.source(), offline, Clock.systemUTC(), data)
                    .orElse(null);
            byte[] chosen = choice == null
                    ? template.getBytes(StandardCharsets.UTF_8)
                    : fill(template, choice.choice(), Objects.requireNonNullElse(choice.anchor(), LocalDate.EPOCH));
            definitions.put(draft.model(), chosen);
            boolean anchored = template.contains(ANCHOR);
            lines.add((names.equals(List.of(DEFAULT)) ? "" : draft.model() + ": ")
                    + sentence(definition(chosen, name).source(), choice, anchored));
        }
        return new Starter(definitions, String.join(System.lineSeparator(), lines));
    }

    /** Names on a command line; a wrong one is a wrong command line. */
    public static final class NameConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            expanded(List.of(text));
            return text;
        }
    }

    private static Set<String> expanded(List<String> names) {
        Set<String> expanded = new LinkedHashSet<>();
        for (String name : names) {
            if (name.equals(EVERY)) {
                expanded.addAll(NAMES);
            } else if (NAMES.contains(name)) {
                expanded.add(name);
            } else {
                throw new InvalidValueException("model", name, "one of " + String.join(", ", NAMES) + ", or " + EVERY);
            }
        }
        return expanded;
    }

    private static String sentence(Source source, @Nullable SourceChoice choice, boolean anchored) {
        String taken = source.effective().described();
        if (choice == null) {
            return taken;
        }
        String newest = choice.newest() == null ? "" : " up to " + choice.newest();
        String first = choice.anchor() == null || !anchored ? "" : "; the first run stands at " + choice.anchor();
        return "%s%s (%s)%s".formatted(taken, newest, choice.why(), first);
    }

    private static Definition definition(byte[] yaml, String name) {
        return Yaml.read(yaml, name + ".yaml", Definition.class);
    }

    private static byte[] fill(String template, Source.Choice choice, LocalDate anchor) {
        return template.replace("${chosen}", choice.name().toLowerCase(Locale.ROOT))
                .replace(ANCHOR, anchor.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String template(String file) {
        try (InputStream resource = Starter.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException(file + " is part of the jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

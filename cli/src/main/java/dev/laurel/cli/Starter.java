package dev.laurel.cli;

import dev.laurel.definition.Definition;
import dev.laurel.model.ModelName;
import dev.laurel.definition.Source;
import dev.laurel.source.SourceChoice;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a new models repository begins with: the definition of spy-direction, its source chosen.
 *
 * @param definitions the {@code model.yaml} of each model
 * @param source which source was chosen and why, for people
 */
record Starter(SortedMap<ModelName, byte[]> definitions, String source) {
    private static final String FILE = "spy-direction.yaml";

    /** @param offline to take the bundled history without asking the internet */
    static Starter choose(boolean offline) {
        String template = template();
        // What the source is does not depend on what is chosen; any choice makes the template a definition.
        Definition draft = definition(fill(template, Source.Choice.SOURCE, LocalDate.EPOCH));
        if (!(draft.source() instanceof Source.Yahoo yahoo)) {
            throw new IllegalStateException(FILE + " has a source to choose");
        }
        SourceChoice choice = SourceChoice.make(yahoo, offline, Clock.systemUTC());
        byte[] chosen = fill(template, choice.choice(), choice.anchor());
        Definition definition = definition(chosen);
        return new Starter(new TreeMap<>(Map.of(definition.model(), chosen)), sentence(yahoo, choice));
    }

    private static String sentence(Source.Yahoo yahoo, SourceChoice choice) {
        String taken = choice.choice() == Source.Choice.SOURCE
                ? "Yahoo Finance " + yahoo.ticker()
                : "bundled history " + yahoo.fallback();
        return "%s up to %s (%s); the first run stands at %s"
                .formatted(taken, choice.newest(), choice.why(), choice.anchor());
    }

    private static Definition definition(byte[] yaml) {
        return Yaml.read(yaml, FILE, Definition.class);
    }

    private static byte[] fill(String template, Source.Choice choice, LocalDate anchor) {
        return template.replace("${chosen}", choice.name().toLowerCase(Locale.ROOT))
                .replace("${anchor}", anchor.toString())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String template() {
        try (InputStream resource = Starter.class.getResourceAsStream(FILE)) {
            if (resource == null) {
                throw new IllegalStateException(FILE + " is part of the jar");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.laurel.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.laurel.definition.Source;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as users have it.
 *
 * @param passedOver the columns that nothing asks for
 */
record CsvTable(Table table, List<String> passedOver) {

    /**
     * What to read of a file.
     *
     * @param columns those to keep; null for all, in the order of the file
     * @param all whether each of them has to be there
     */
    record Asked(@Nullable Set<String> columns, Set<String> words, boolean all) {
        /** The keys alone. */
        static final Asked NOTHING = new Asked(Set.of(), Set.of());

        Asked(@Nullable Set<String> columns, Set<String> words) {
            this(columns, words, true);
        }

        Asked {
            columns = columns == null ? null : Set.copyOf(columns);
            words = Set.copyOf(words);
        }

        /** These, as far as they are there, and one column of words more. */
        Asked with(String word) {
            return new Asked(added(columns, word), added(words, word), false);
        }

        private static Set<String> added(@Nullable Set<String> names, String name) {
            Set<String> added = new HashSet<>(names == null ? Set.of() : names);
            added.add(name);
            return added;
        }

        /** Those whose names begin so, by the rest of their names, as far as they are there. */
        Asked within(String prefix) {
            return new Asked(rest(columns, prefix), rest(words, prefix), false);
        }

        private static Set<String> rest(@Nullable Set<String> names, String prefix) {
            return (names == null ? Set.<String>of() : names)
                    .stream()
                            .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                            .map(name -> name.substring(prefix.length()))
                            .collect(Collectors.toSet());
        }
    }

    /**
     * @param file the name of the file, for messages: {@code gold.csv:17: ...}
     * @throws InvalidDocumentException when it is not as its source says, or has no rows
     * @throws SourceException when the source says what cannot be
     */
    static CsvTable read(byte[] csv, String file, Source.Csv format, Asked asked) {
        Charset encoding = Charset.forName(format.encoding());
        Reading reading = reading(file, format, asked);
        new CsvLines(csv, file, encoding, format.delimiter().charAt(0), true).each(reading);
        return reading.table();
    }

    private static Reading reading(String file, Source.Csv format, Asked asked) {
        try {
            boolean separates = !"\"\r\n".contains(format.delimiter());
            Expect.that(separates, "delimiter", format.delimiter(), "one that is no quote and no line break");
            return new Reading(file, format, asked);
        } catch (InvalidValueException e) {
            throw new SourceException("%s: %s".formatted(CsvSource.origin(format), e.getMessage()));
        }
    }

    /** @throws InvalidValueException when there is no such column */
    static int place(List<String> header, String name, Source.Csv format) {
        if (!header.contains(name)) {
            String there = header.size() == 1
                    ? "which is one name only; is the delimiter '%s'?".formatted(format.delimiter())
                    : "where the nearest is " + Nearest.to(name, header).orElse("");
            throw new InvalidValueException("column", name, "a name of the header, " + there);
        }
        return header.indexOf(name);
    }

    private static final class Reading implements CsvLines.Taker {
        private final String file;
        private final Source.Csv format;
        private final Asked asked;
        private @Nullable AskedRows rows;

        Reading(String file, Source.Csv format, Asked asked) {
            this.file = file;
            this.format = format;
            this.asked = asked;
            if (format.key() != null) {
                // A form of dates that is none is the definition's mistake, not the file's.
                new KeyText(format.key(), format.dateFormat());
            }
        }

        @Override
        public void header(List<String> header) {
            Set<String> seen = new HashSet<>();
            header.forEach(name -> Expect.that(name.isEmpty() || seen.add(name), "column", name, "each name once"));
            rows = new AskedRows(
                    header,
                    format.key(),
                    format.dateFormat(),
                    asked,
                    NumberText.of(format),
                    format::isMissing,
                    name -> place(header, name, format));
        }

        @Override
        public void row(CsvRecord fields) {
            rows().row(fields.getStartingLineNumber(), fields::getField);
        }

        AskedRows rows() {
            return Objects.requireNonNull(rows, "the header comes first");
        }

        CsvTable table() {
            if (rows().rows() == 0) {
                throw new InvalidDocumentException(file, 1, "no rows (expected: at least one line after the header)");
            }
            return new CsvTable(rows().table(file), rows().passedOver());
        }
    }
}

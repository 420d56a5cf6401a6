package dev.laurel.source;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.laurel.definition.Source;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.table.Column;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV as users have it. Of its columns those that are asked for become a table, in the order of their names, so that a file with
 * its columns in another order gives the same table.
 *
 * @param passedOver the columns that nothing asks for
 */
record CsvTable(Table table, List<String> passedOver) {

    /**
     * What to read of a file.
     *
     * @param columns those to keep; null for all, in the order of the file
     */
    record Asked(@Nullable Set<String> columns, Set<String> words) {
        /** The keys alone. */
        static final Asked NOTHING = new Asked(Set.of(), Set.of());

        Asked {
            columns = columns == null ? null : Set.copyOf(columns);
            words = Set.copyOf(words);
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
        return new CsvTable(reading.table(), reading.passedOver);
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
        private final @Nullable SortedKeys keys;
        private final List<String> names = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private final List<Cells> cells = new ArrayList<>();
        private final List<String> passedOver = new ArrayList<>();
        private int keyPlace;
        private int rows;

        Reading(String file, Source.Csv format, Asked asked) {
            this.file = file;
            this.format = format;
            this.asked = asked;
            this.keys = format.key() == null ? null : new SortedKeys(format.key(), format.dateFormat());
        }

        @Override
        public void header(List<String> header) {
            Set<String> seen = new HashSet<>();
            header.forEach(name -> Expect.that(name.isEmpty() || seen.add(name), "column", name, "each name once"));
            names.addAll(asked.columns() == null ? header : new TreeSet<>(asked.columns()));
            if (format.key() != null) {
                names.remove(format.key());
                keyPlace = place(header, format.key(), format);
            }
            NumberText numbers = NumberText.of(format);
            for (String name : names) {
                places.add(place(header, name, format));
                cells.add(Cells.of(name, asked.words().contains(name), numbers, format::isMissing));
            }
            passedOver.addAll(header);
            passedOver.removeAll(names);
            passedOver.remove(format.key());
        }

        @Override
        public void row(CsvRecord fields) {
            rows++;
            if (keys != null) {
                keys.add(fields.getField(keyPlace), (int) fields.getStartingLineNumber());
            }
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).add(fields.getField(places.get(i)));
            }
        }

        Table table() {
            if (rows == 0) {
                throw new InvalidDocumentException(file, 1, "no rows (expected: at least one line after the header)");
            }
            int[] order = keys == null ? null : keys.order(file);
            Map<String, Column> columns = new LinkedHashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                columns.put(names.get(i), cells.get(i).column(order));
            }
            return keys == null || format.key() == null
                    ? Table.unkeyed(rows, columns)
                    : Table.keyed(format.key(), keys.inOrder(order), columns);
        }
    }
}

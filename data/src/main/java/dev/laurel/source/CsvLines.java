package dev.laurel.source;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a CSV file, one after another, so that not all their texts are in memory at once. Each has as many fields as the header;
 * what is wrong is said with file and line.
 */
final class CsvLines {

    /** What is done with the lines. An {@link InvalidValueException} is said with the file and the line. */
    interface Taker {
        void header(List<String> names);

        void row(CsvRecord fields);
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final Pattern LINE = Pattern.compile(" \\(record starting at line (\\d+)\\)");

    private final byte[] csv;
    private final String file;
    private final Charset encoding;
    private final char delimiter;
    private final boolean forgiving;

    /**
     * @param file the name of the file, for messages
     * @param forgiving whether a byte order mark and empty lines are passed over
     */
    CsvLines(byte[] csv, String file, Charset encoding, char delimiter, boolean forgiving) {
        this.csv = csv;
        this.file = file;
        this.encoding = encoding;
        this.delimiter = delimiter;
        this.forgiving = forgiving;
    }

    /** @throws InvalidDocumentException when it is no CSV, or when the taker finds something wrong */
    void each(Taker taker) {
        expectText();
        int line = 1;
        int width = 0;
        try (CsvReader<CsvRecord> reader = reader()) {
            Iterator<CsvRecord> records = reader.iterator();
            while (records.hasNext()) {
                CsvRecord fields = records.next();
                line = (int) fields.getStartingLineNumber();
                if (forgiving && isEmpty(fields) && width != 1) {
                    continue;
                }
                if (width == 0) {
                    width = fields.getFieldCount();
                    taker.header(fields.getFields());
                } else {
                    expectWidth(fields, width, records);
                    taker.row(fields);
                }
            }
        } catch (InvalidValueException e) {
            throw new InvalidDocumentException(file, line, String.valueOf(e.getMessage()));
        } catch (CsvParseException e) {
            throw notCsv(e, file, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (width == 0) {
            throw new InvalidDocumentException(file, 0, "empty (expected: a header, then a line for each row)");
        }
    }

    private CsvReader<CsvRecord> reader() {
        boolean marked = forgiving && Arrays.equals(csv, 0, Math.min(3, csv.length), BYTE_ORDER_MARK, 0, 3);
        int from = marked ? BYTE_ORDER_MARK.length : 0;
        Reader text = new InputStreamReader(new ByteArrayInputStream(csv, from, csv.length - from), encoding);
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text);
    }

    private static boolean isEmpty(CsvRecord fields) {
        return fields.getFieldCount() == 1 && fields.getField(0).isEmpty();
    }

    private void expectWidth(CsvRecord fields, int width, Iterator<CsvRecord> following) {
        int found = fields.getFieldCount();
        if (found != width) {
            byte last = csv[csv.length - 1];
            boolean cut = found < width && last != '\n' && last != '\r' && !following.hasNext();
            String why = cut ? "; the file ends within this line: is it still being written?" : "";
            throw new InvalidValueException("fields", found, width + ", as in the header" + why);
        }
    }

    /** The library says the line in its message only. */
    static InvalidDocumentException notCsv(CsvParseException e, String file, int lineBefore) {
        String problem = Reason.inWords(String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        Matcher line = LINE.matcher(problem);
        return line.find()
                ? new InvalidDocumentException(
                        file, Integer.parseInt(line.group(1)), line.replaceAll("") + " (expected: CSV)")
                : new InvalidDocumentException(file, lineBefore, problem + " (expected: CSV)");
    }

    /** Strictly; a reader alone would replace what it cannot decode. */
    private void expectText() {
        CharsetDecoder decoder = encoding.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(csv);
        CharBuffer text = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            text.clear();
            result = decoder.decode(bytes, text, true);
            if (result.isError()) {
                int at = bytes.position();
                throw new InvalidDocumentException(
                        file,
                        line(at),
                        "byte 0x%s (expected: %s text; another encoding is named in the source, as in 'encoding: windows-1252')"
                                .formatted(HexFormat.of().toHexDigits(csv[at]), encoding.name()));
            }
        } while (result.isOverflow());
    }

    private int line(int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            if (csv[i] == '\n' || (csv[i] == '\r' && csv[i + 1] != '\n')) {
                line++;
            }
        }
        return line;
    }
}

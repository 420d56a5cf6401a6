package dev.laurel.database;

import dev.laurel.model.Expect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column become.
 *
 * @param name as the server says it
 */
record ColumnType(String name, Form form) {

    private enum Form {
        NUMBER,
        FLAG,
        TEXT,
        PADDED_TEXT,
        DAY,
        DAY_AND_TIME,
        INSTANT,
        UNKNOWN
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("int2", Form.NUMBER),
            Map.entry("int4", Form.NUMBER),
            Map.entry("int8", Form.NUMBER),
            // What a column of one of them is called that counts by itself.
            Map.entry("smallserial", Form.NUMBER),
            Map.entry("serial", Form.NUMBER),
            Map.entry("bigserial", Form.NUMBER),
            Map.entry("numeric", Form.NUMBER),
            Map.entry("float4", Form.NUMBER),
            Map.entry("float8", Form.NUMBER),
            Map.entry("bool", Form.FLAG),
            Map.entry("text", Form.TEXT),
            Map.entry("varchar", Form.TEXT),
            Map.entry("bpchar", Form.PADDED_TEXT),
            Map.entry("name", Form.TEXT),
            Map.entry("citext", Form.TEXT),
            Map.entry("uuid", Form.TEXT),
            Map.entry("date", Form.DAY),
            Map.entry("timestamp", Form.DAY_AND_TIME),
            Map.entry("timestamptz", Form.INSTANT));

    /** @param type of {@link Types}, by which words of a list of the database's own are texts */
    static ColumnType of(String name, int type) {
        return new ColumnType(name, FORMS.getOrDefault(name, type == Types.VARCHAR ? Form.TEXT : Form.UNKNOWN));
    }

    boolean isOfNumbers() {
        return form == Form.NUMBER || form == Form.FLAG;
    }

    boolean isUnknown() {
        return form == Form.UNKNOWN;
    }

    /** @param name the column's, for messages */
    String text(ResultSet rows, int column, String name) throws SQLException {
        String text = switch (form) {
            case FLAG -> flag(rows, column);
            case DAY -> day(rows.getObject(column, LocalDate.class), name);
            case DAY_AND_TIME -> time(rows.getObject(column, LocalDateTime.class), name);
            case INSTANT -> instant(rows.getObject(column, OffsetDateTime.class), name);
            case PADDED_TEXT -> stripped(rows.getString(column));
            default -> rows.getString(column);
        };
        return text == null || (form == Form.NUMBER && text.equals("NaN")) ? "" : text;
    }

    private static @Nullable String flag(ResultSet rows, int column) throws SQLException {
        boolean value = rows.getBoolean(column);
        return rows.wasNull() ? null : String.valueOf(value);
    }

    private static @Nullable String stripped(@Nullable String padded) {
        return padded == null ? null : padded.stripTrailing();
    }

    private static @Nullable String day(@Nullable LocalDate day, String name) {
        return day == null ? null : checked(day, day.getYear(), name).toString();
    }

    private static @Nullable String time(@Nullable LocalDateTime time, String name) {
        return time == null ? null : checked(time, time.getYear(), name).toString();
    }

    /** In UTC, and without saying so: with a mark behind them texts would not be in the order of time. */
    private static @Nullable String instant(@Nullable OffsetDateTime time, String name) {
        return time == null
                ? null
                : checked(time, time.getYear(), name)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString();
    }

    /** Texts of these years are in the order of time. The database has an infinity too. */
    private static <T> T checked(T time, int year, String name) {
        Expect.that(year >= 1 && year <= 9998, name, time, "a date of the years 1..9998");
        return time;
    }
}

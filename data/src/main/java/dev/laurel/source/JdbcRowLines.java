package dev.laurel.source;

import dev.laurel.database.TypedRows;
import dev.laurel.model.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query, as lines. */
final class JdbcRowLines implements RowLines {
    private final TypedRows rows;
    private @Nullable Field[] columns = new Field[0];
    private @Nullable String problem;

    JdbcRowLines(TypedRows rows) {
        this.rows = rows;
    }

    @Override
    public List<String> header() {
        return rows.names();
    }

    @Override
    public int place(Field field) {
        int place = JdbcSource.place(rows.names(), field.column());
        rows.expect(place, field instanceof Field.NumberField);
        return place;
    }

    @Override
    public void expect(@Nullable Field[] expected) {
        columns = expected;
    }

    @Override
    public boolean next() {
        if (!rows.next()) {
            return false;
        }
        problem = null;
        for (int i = 0; i < columns.length && problem == null; i++) {
            read(i);
        }
        return true;
    }

    private void read(int place) {
        Field column = columns[place];
        if (column != null) {
            try {
                String text = rows.text(place);
                column.read(text.toCharArray(), 0, text.length());
            } catch (InvalidValueException e) {
                problem = e.getMessage();
            }
        }
    }

    @Override
    public long line() {
        return rows.row();
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        rows.close();
    }
}

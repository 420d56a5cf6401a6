package dev.laurel.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell. */
public final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();

    public Columns add(String... cells) {
        lines.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                padded.append(cell)
                        .append(" ".repeat(widths[column] - cell.length()))
                        .append(GAP);
            }
            text.append(text.isEmpty() ? "" : "\n").append(padded.toString().stripTrailing());
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[lines.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return widths;
    }
}

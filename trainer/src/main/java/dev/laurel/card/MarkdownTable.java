package dev.laurel.card;

import java.util.ArrayList;
import java.util.List;

/** A table of numbers: a name a row, numbers to the right. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();

    MarkdownTable(String names, List<String> columns) {
        row(names, columns);
        text.append("|---|").append("--:|".repeat(columns.size())).append('\n');
    }

    void row(String name, List<String> cells) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(cells);
        text.append("| ")
                .append(String.join(" | ", all.stream().map(MarkdownTable::cell).toList()))
                .append(" |\n");
    }

    /** Text that stays within its cell. */
    static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

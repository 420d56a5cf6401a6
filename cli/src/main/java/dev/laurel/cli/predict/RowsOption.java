package dev.laurel.cli.predict;

import picocli.CommandLine.Option;

/** {@code --input}: the rows that a version is asked about. */
public final class RowsOption {
    public static final String WHAT = "The rows, as CSV; .gz is decompressed, - is standard input. Or a database, as"
            + " jdbc:postgresql://host/name; jdbc: is that of LAUREL_DATABASE_URL.";

    @Option(
            names = {"--from", "--input"},
            paramLabel = "FILE",
            required = true,
            description = WHAT)
    private String rows = "";

    public String get() {
        return rows;
    }
}

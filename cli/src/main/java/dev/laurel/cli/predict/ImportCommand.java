package dev.laurel.cli.predict;

import dev.laurel.cli.Main;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.ProgressLine;
import dev.laurel.definition.Definition;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import dev.laurel.source.RowFile;
import dev.laurel.store.ImportedRow;
import dev.laurel.store.ImportedRows;
import dev.laurel.store.Store;
import dev.laurel.table.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel import}. */
@Command(
        name = "import",
        description = {
            "Puts the rows of a CSV file into the table batch_data of a PostgreSQL database, with their true answers as in training.",
            "",
            "The file is written as the source in the model's definition is. A row that is there already is not added again; one whose key is"
                    + " there with other values is corrected."
        },
        footerHeading = "%nExample:%n",
        footer = "  laurel import gold-change --from gold.csv --to jdbc:postgresql://db/prices")
public final class ImportCommand implements Callable<Integer> {
    private static final int CHUNK = 4096;

    @ParentCommand
    private Main laurel = new Main();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(
            names = {"--from", "--input"},
            paramLabel = "FILE",
            required = true,
            description = "The rows, as CSV; .gz is decompressed.")
    private Path from = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            defaultValue = "jdbc:",
            description =
                    "The database, as jdbc:postgresql://host/name (default: that of LAUREL_DATABASE_URL). Its user and password stand in the environment.")
    private String to = "";

    @Mixin
    private Output output = new Output();

    /** @param written how many were not in the database before, or have changed */
    record Imported(ModelName model, int rows, int written) {}

    @Override
    public Integer call() {
        Definition definition = definition();
        try (Store store = BatchOptions.store(to)) {
            Table table = RowFile.read(from, definition);
            ImportedRows imported = new ImportedRows(store, definition.model(), table.isKeyed());
            RowsToImport rows = new RowsToImport(definition, table);
            int written = 0;
            try (ProgressLine line = new ProgressLine("importing", output.err())) {
                for (int first = 0; first < table.rows(); first += CHUNK) {
                    List<ImportedRow> chunk = rows.some(first, Math.min(table.rows(), first + CHUNK));
                    written += imported.write(chunk);
                    line.show((double) (first + chunk.size()) / table.rows(), first + chunk.size() + " rows");
                }
            }
            output.print(
                    new Imported(definition.model(), table.rows(), written),
                    "%s: %s rows, %s new or changed, in %s"
                            .formatted(definition.model(), table.rows(), written, store.described()));
            return CommandLine.ExitCode.OK;
        }
    }

    private Definition definition() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            return head.definition(model.in(head));
        }
    }
}

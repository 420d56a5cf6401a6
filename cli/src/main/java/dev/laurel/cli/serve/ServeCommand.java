package dev.laurel.cli.serve;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.DataOption;
import dev.laurel.cli.common.RowsFolder;
import dev.laurel.cli.output.StandardErrorLog;
import dev.laurel.registry.Registry;
import dev.laurel.server.PredictionServer;
import dev.laurel.source.RowStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code laurel serve}. */
@Command(
        name = "serve",
        description = "Answers with the champions of an environment and follows its pins; Ctrl-C stops it.",
        footerHeading = "%nExample:%n",
        footer = "  laurel serve --port 9090 --env production")
public final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        StandardErrorLog.showTraces();
        options.check();
        RowStore rows = new RowStore(RowsFolder.of(laurel.repository()), false, Clock.systemUTC(), data.folder());
        try (Stop stop = new Stop();
                Registry registry = laurel.openRegistry();
                PredictionServer server = options.start(registry, laurel.repository(), rows)) {
            server.keepDrift(RowsFolder.of(laurel.repository()).resolve("drift"));
            server.keepFeedback(RowsFolder.of(laurel.repository()).resolve("feedback"), System.getenv());
            PrintWriter out = command.commandLine().getOut();
            String url = options.url(server.port());
            String git = registry.isMirror() ? "" : " and " + url + "/git/models.git";
            out.println("serving " + url + "/" + git + "; Ctrl-C stops");
            if (!registry.isMirror()) {
                options.note().lines().forEach(out::println);
            }
            server.grpcPort().ifPresent(port -> out.println("gRPC at port " + port));
            stop.await();
            server.letGo(PredictionServer.LAST_ANSWERS);
            return CommandLine.ExitCode.OK;
        }
    }
}

package dev.laurel.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The command line says what happens by itself; the log adds warnings and worse (environment: LAUREL_LOG), a line each, to standard error.
 * Where an error comes from is shown only to whoever runs a service ({@link #showTraces}); {@link LogFile} keeps it for the others.
 * In Java, since a command would spend a tenth of its time on the parser of an XML file. Where such a file is named, it counts.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL)
public final class StandardErrorLog extends ContextAwareBase implements Configurator {
    private static volatile boolean traces;
    private static volatile String hint = "";

    /** From now on with the whole of each error. */
    public static void showTraces() {
        traces = true;
    }

    /** From now on each error says where all of it is; empty for no longer. */
    public static void point(String to) {
        hint = to;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        // Another main of ours on this class path, which brings a configuration of its own.
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> standardError = new ConsoleAppender<>();
        standardError.setContext(context);
        standardError.setTarget("System.err");
        standardError.setEncoder(JsonLines.areWanted() ? JsonLines.encoder(context) : text(context));
        standardError.start();

        @Nullable String level = System.getenv("LAUREL_LOG");
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(level, Level.WARN));
        root.addAppender(standardError);
        // Measures the file system in the background, and complains when a short command ends before it does.
        context.getLogger("org.eclipse.jgit.util.FS").setLevel(Level.OFF);
        // Warns of what a client got wrong, which the client is told.
        context.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.ERROR);
        // Throws what it logs.
        context.getLogger("org.flywaydb.core.internal.command.DbMigrate").setLevel(Level.OFF);
        // What the command line has said in its own way; see LogFile.
        context.getLogger(LogFile.SAID).setAdditive(false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static LayoutWrappingEncoder<ILoggingEvent> text(LoggerContext context) {
        LayoutWrappingEncoder<ILoggingEvent> lines = new LayoutWrappingEncoder<>();
        lines.setContext(context);
        lines.setCharset(UTF_8);
        lines.setLayout(new Line());
        lines.start();
        return lines;
    }

    /** In place of a pattern, whose parser every command would have to load. */
    private static final class Line extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            String logger = event.getLoggerName();
            boolean failed = event.getThrowableProxy() != null;
            return String.format(
                    Locale.ROOT,
                    "%tT %s %s: %s%s%n%s",
                    event.getInstant().atOffset(ZoneOffset.UTC),
                    event.getLevel(),
                    logger.substring(logger.lastIndexOf('.') + 1),
                    event.getFormattedMessage(),
                    failed ? hint : "",
                    failed && traces ? ThrowableProxyUtil.asString(event.getThrowableProxy()) : "");
        }
    }
}

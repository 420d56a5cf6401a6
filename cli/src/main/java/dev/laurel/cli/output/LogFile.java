package dev.laurel.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code laurel.log} in a home: every error whole, also those of which the terminal has one line. */
public final class LogFile implements AutoCloseable {
    public static final String NAME = "laurel.log";
    /** The logger of what the terminal was told by other means; it goes nowhere but into the file. */
    static final String SAID = "laurel.said";

    private static final long LARGEST = 5_000_000;
    private static final int OLDER = 3;

    private final RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    private final LoggerContext context;

    private LogFile(LoggerContext context) {
        this.context = context;
    }

    public static LogFile in(Path home) {
        LogFile log = new LogFile((LoggerContext) LoggerFactory.getILoggerFactory());
        log.open(home.resolve(NAME));
        return log;
    }

    private void open(Path path) {
        file.setContext(context);
        file.setFile(path.toString());
        file.setEncoder(JsonLines.areWanted() ? JsonLines.encoder(context) : text());
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(file);
        // A percent sign in the name of a folder would be read as a pattern.
        window.setFileNamePattern(path.toString().replace("%", "\\%") + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(OLDER);
        window.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(LARGEST));
        size.start();
        file.setRollingPolicy(window);
        file.setTriggeringPolicy(size);
        file.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
        context.getLogger(SAID).addAppender(file);
    }

    private PatternLayoutEncoder text() {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setContext(context);
        lines.setCharset(UTF_8);
        lines.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{0}: %msg%n%ex");
        lines.start();
        return lines;
    }

    /** Where it is, in brackets, for the end of a line. */
    public String hint() {
        return " (more in " + file.getFile() + ")";
    }

    /** Keeps where an error comes from, of which the terminal shows a line; nowhere when no file is open. */
    public static void keep(String about, Throwable failure) {
        LoggerFactory.getLogger(SAID).error("{}{}", about, failure.getMessage(), failure);
    }

    @Override
    public void close() {
        StandardErrorLog.point("");
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(file);
        context.getLogger(SAID).detachAppender(file);
        file.stop();
    }
}

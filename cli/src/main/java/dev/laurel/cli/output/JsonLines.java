package dev.laurel.cli.output;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import dev.laurel.program.LogFormat;

/** The log as a JSON object a line, where the environment asks for it: the same objects as those of the images. */
final class JsonLines {
    private JsonLines() {}

    /** A word that is none is told by the commands that run for long; the log begins before any of them. */
    static boolean areWanted() {
        return "json".equals(System.getenv(LogFormat.VARIABLE));
    }

    static JsonEncoder encoder(LoggerContext context) {
        JsonEncoder lines = new JsonEncoder();
        lines.setContext(context);
        lines.setWithFormattedMessage(true);
        lines.setWithMessage(false);
        lines.setWithArguments(false);
        lines.setWithContext(false);
        lines.setWithSequenceNumber(false);
        lines.setWithNanoseconds(false);
        lines.start();
        return lines;
    }
}

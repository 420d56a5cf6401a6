package dev.laurel.cli.common;

import picocli.CommandLine;

/** The command line, for commands that run others. */
@FunctionalInterface
public interface Commands {
    /** A command line for these words: the commands among them, with nothing left over from those that ran before. */
    CommandLine line(String... words);
}

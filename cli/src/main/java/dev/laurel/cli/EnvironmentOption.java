package dev.laurel.cli;

import dev.laurel.model.Environment;
import picocli.CommandLine.Option;

/** The environment that a command is about. */
final class EnvironmentOption {
    @Option(
            names = "--env",
            paramLabel = "NAME",
            defaultValue = "production",
            description = "The environment (default: production).")
    private Environment environment = new Environment("production");

    Environment get() {
        return environment;
    }
}

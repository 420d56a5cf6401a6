package dev.laurel.cli.common;

import dev.laurel.model.Environment;
import picocli.CommandLine.Option;

/** The environment that a command is about. */
public final class EnvironmentOption {
    @Option(
            names = "--env",
            paramLabel = "NAME",
            defaultValue = "production",
            description = "The environment (default: production).")
    private Environment environment = new Environment("production");

    public Environment get() {
        return environment;
    }
}

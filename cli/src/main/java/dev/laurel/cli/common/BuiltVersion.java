package dev.laurel.cli.common;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which Laurel this is, as its jar says. */
public final class BuiltVersion implements IVersionProvider {
    public static String version() {
        @Nullable String version = BuiltVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"laurel " + version()};
    }
}

package dev.laurel.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which Laurel this is, as its jar says. */
final class BuiltVersion implements IVersionProvider {
    static String version() {
        @Nullable String version = BuiltVersion.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"laurel " + version()};
    }
}

package dev.laurel.git.disk;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit may know of the machine: no system or user configuration and none of the {@code GIT_*} environment, so that a commit does not
 * depend on who makes it. In place of the user's configuration stand our own settings, which hold for every repository of this JVM.
 */
public final class HermeticSystem extends SystemReader.Delegate {
    /**
     * JGit's words for "on disk before the reference moves"; C git reads {@code core.fsync} of the repository instead. And C git's own defaults
     * of compression: single objects quickly, since they are packed later.
     */
    private static final String SETTINGS = """
            [core]
            fsyncObjectFiles = true
            fsyncRefFiles = true
            compression = 1
            [pack]
            compression = -1
            [gc]
            auto = 0
            [receive]
            autogc = false
            """;

    private HermeticSystem(SystemReader machine) {
        super(machine);
    }

    /** For the whole JVM, since JGit has one reader only. */
    public static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof HermeticSystem)) {
            SystemReader.setInstance(new HermeticSystem(SystemReader.getInstance()));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new FixedConfig(parent, fs, "");
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new FixedConfig(parent, fs, SETTINGS);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new FixedConfig(parent, fs, "");
    }

    /** A configuration that is in no file. */
    private static final class FixedConfig extends FileBasedConfig {
        /** The coarsest clock of any file system in use, FAT's, which is also what JGit falls back to. */
        private static final Duration COARSEST_FILE_TIME = Duration.ofSeconds(2);

        FixedConfig(@Nullable Config parent, FS fs, String text) {
            super(parent, null, fs);
            try {
                fromText(text);
            } catch (ConfigInvalidException e) {
                throw new IllegalStateException("our own settings can be read", e);
            }
        }

        /** JGit would measure the clock of the file system, for seconds in each JVM, with files that it writes beside the objects. */
        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long defaultValue, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(COARSEST_FILE_TIME)
                    : super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}

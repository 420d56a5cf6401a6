package dev.laurel.git;

import dev.laurel.git.disk.Refs;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/** A bare repository as it is when it is new: without a commit, and with settings for C git too, which writes and serves it as we do. */
final class NewRepository {
    private NewRepository() {}

    static void create(Repository repository) throws IOException {
        repository.create(true);
        settle(repository);
    }

    /** Makes one of an empty repository that is there. */
    static void adopt(Repository repository) throws IOException {
        List<Ref> refs = repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS);
        if (!refs.isEmpty()) {
            throw new IOException("has %s already (expected: a repository without a commit)"
                    .formatted(refs.get(0).getName()));
        }
        String storage = repository.getConfig().getString("extensions", null, "refStorage");
        if (storage != null && !storage.equals("files")) {
            throw new IOException(
                    "extensions.refStorage: %s (expected: files, as `git init --ref-format=files` makes it)"
                            .formatted(storage));
        }
        settle(repository);
    }

    private static void settle(Repository repository) throws IOException {
        RefUpdate head = repository.updateRef(Constants.HEAD);
        head.disableRefLog();
        RefUpdate.Result result = head.link(Refs.MAIN);
        if (result != RefUpdate.Result.NEW
                && result != RefUpdate.Result.FORCED
                && result != RefUpdate.Result.NO_CHANGE) {
            throw new IOException("HEAD: " + result + " (expected: " + Refs.MAIN + ")");
        }
        StoredConfig config = repository.getConfig();
        config.setBoolean("http", null, "receivepack", true);
        config.setBoolean("receive", null, "denyNonFastForwards", true);
        config.setBoolean("receive", null, "denyDeletes", true);
        config.setBoolean("receive", null, "fsckObjects", true);
        // Garbage is collected beside the writers, never inside a push.
        config.setBoolean("receive", null, "autogc", false);
        config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
        config.setString("core", null, "fsync", "all");
        config.setBoolean("uploadpack", null, "allowFilter", true);
        config.save();
    }
}

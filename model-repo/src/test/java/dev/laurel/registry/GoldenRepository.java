package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;

import dev.laurel.registry.showcase.CommandLine;
import dev.laurel.registry.showcase.Showcase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the golden repository of the present format: {@code history.txt}, as {@code git fast-import} reads it, and the bytes that Git LFS
 * keeps. The authors and times are fixed, so that the same documents give the same commits.
 */
final class GoldenRepository {
    private static final String FIXED_TIMES =
            "awk '/^(author|committer) .*> [0-9]+ [+]0000$/ { if ($1 == \"author\") n++; $(NF - 1) = 1795255200 + 60 * n } { print }'";

    private GoldenRepository() {}

    /** @param folder to write to, new or empty */
    public static void main(String... folder) throws IOException {
        Path target = Path.of(folder[0]).toAbsolutePath();
        Path work = Files.createTempDirectory("golden");
        try (Showcase showcase = Showcase.in(work)) {
            showcase.withVersions(2);
            showcase.promote(1);
            showcase.promote(STAGING, 1);
            showcase.promote(2);
            showcase.registry().promote(STAGING, SPY, PRODUCTION, "a quiet week", ALICE);
            showcase.rollBack();
            CommandLine git = CommandLine.in(showcase.bare());
            git.run("mkdir", "-p", target.toString());
            git.run("cp", "-r", showcase.bare().resolve("lfs").toString(), target.toString());
            git.run("rm", "-rf", target.resolve("lfs/tmp").toString());
            git.run("sh", "-c", "git fast-export main | " + FIXED_TIMES + " > " + target.resolve("history.txt"));
        }
        // The release names the commit of the rollback, whose id is known only now.
        Path bare = work.resolve("dated.git");
        restore(target, bare);
        CommandLine git = CommandLine.in(bare);
        try (Registry registry = Registry.open(bare)) {
            registry.release(PRODUCTION, SPY, ALICE);
        }
        git.run("sh", "-c", "git fast-export main | " + FIXED_TIMES + " > " + target.resolve("history.txt"));
    }

    /** The repository that is kept in a folder, as a bare one. */
    static void restore(Path folder, Path bare) {
        CommandLine git = CommandLine.in(bare);
        git.run("git", "init", "--quiet", "--bare");
        git.run("sh", "-c", "git fast-import --quiet < " + folder.resolve("history.txt"));
        git.run("cp", "-r", folder.resolve("lfs").toString(), bare.toString());
    }
}

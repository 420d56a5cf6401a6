package dev.laurel.registry.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Commits that no check has seen, as somebody can make them who writes to the repository's folder: by {@code git fast-import}. */
public final class Forgery {
    private final Path bare;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private String branch = "";

    public Forgery(Path bare) {
        this.bare = bare;
    }

    /** Begins a branch with a commit on top of {@code from}. */
    public Forgery branch(String name, String from) {
        branch = name;
        return commit().line("from refs/heads/" + from);
    }

    /** Begins the next commit of the same branch. */
    public Forgery commit() {
        return line("commit refs/heads/" + branch)
                .line("committer Mallory <mallory@laurel.example> 1700000000 +0000")
                .data("Forge".getBytes(UTF_8));
    }

    public Forgery put(String path, byte[] content) {
        return line("M 100644 inline " + path).data(content);
    }

    public Forgery put(String path, String content) {
        return put(path, content.getBytes(UTF_8));
    }

    /** Puts a symbolic link there. */
    public Forgery link(String path, String target) {
        return line("M 120000 inline " + path).data(target.getBytes(UTF_8));
    }

    /** Puts a folder there, by the id of a tree that is in the repository. */
    public Forgery folder(String path, String id) {
        return line("M 040000 " + id + " " + path);
    }

    /** Puts a submodule there. */
    public Forgery submodule(String path) {
        return line("M 160000 " + "1".repeat(40) + " " + path);
    }

    /** Removes a file or a folder. */
    public Forgery remove(String path) {
        return line("D " + path);
    }

    public void make() {
        try {
            Path file = Files.write(bare.resolveSibling("forgery"), stream.toByteArray());
            CommandLine.in(bare).run("sh", "-c", "git fast-import --quiet < " + file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes it, and main stands on it. */
    public void makeMain() {
        make();
        CommandLine.in(bare).run("git", "update-ref", "refs/heads/main", "refs/heads/" + branch);
    }

    private Forgery data(byte[] content) {
        line("data " + content.length);
        stream.writeBytes(content);
        return line("");
    }

    private Forgery line(String text) {
        stream.writeBytes((text + "\n").getBytes(UTF_8));
        return this;
    }
}

package dev.laurel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Somebody's machine, as far as a command sees it: a home, an environment, programs. Each command is a process of its own. */
final class Machine {
    /** Whatever Git, SSH and GPG start by themselves. */
    private static final List<String> PROGRAMS =
            List.of("git", "git-lfs", "git-receive-pack", "gpg", "gpg2", "gpgsm", "ssh", "ssh-keygen", "ssh-add");

    private static final List<String> HOOKS = List.of(
            "pre-commit",
            "commit-msg",
            "post-commit",
            "pre-push",
            "pre-receive",
            "update",
            "post-receive",
            "reference-transaction",
            "fsmonitor-watchman");

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> options = new ArrayList<>();

    private Machine(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path home = Files.createDirectories(folder.resolve("home"));
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        options.add("-Duser.home=" + home);
    }

    /** One on which nothing is set. */
    static Machine plain(Path folder) throws IOException {
        return new Machine(folder);
    }

    /** One on which everything is set that Git lets a user, a system, a template or an environment say, each to do harm. */
    static Machine hostile(Path folder) throws IOException {
        Machine machine = new Machine(folder);
        machine.arm();
        return machine;
    }

    /** One whose JVMs are told these things about where it stands. */
    static Machine abroad(Path folder, List<String> options) throws IOException {
        Machine machine = new Machine(folder);
        machine.options.addAll(options);
        return machine;
    }

    Machine set(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Is there once anything has been executed that should not be. */
    Path executed() {
        return folder.resolve("executed");
    }

    /** Is there once anything has been written where Git was told to. */
    Path elsewhere() {
        return folder.resolve("elsewhere");
    }

    Laurel laurel(Object... arguments) throws IOException, InterruptedException {
        return run(Main.class, arguments);
    }

    /** Any of our programs, to its end. */
    Laurel run(Class<?> program, Object... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = start(program, out, err, arguments);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Laurel(
                process.exitValue(),
                Files.readString(out, UTF_8).strip(),
                Files.readString(err, UTF_8).strip());
    }

    Process start(Path out, Path err, Object... arguments) throws IOException {
        return start(Main.class, out, err, arguments);
    }

    Process start(Class<?> program, Path out, Path err, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().clear();
        process.environment().putAll(environment);
        return process.start();
    }

    private void arm() throws IOException {
        Path home = folder.resolve("home");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : PROGRAMS) {
            program(programs.resolve(name));
        }
        Path program = programs.resolve("git");
        Path hooks = Files.createDirectories(home.resolve("template/hooks"));
        for (String name : HOOKS) {
            program(hooks.resolve(name));
        }
        Files.writeString(home.resolve("template/config"), "[core]\n\tcompression = 0\n");
        Files.writeString(home.resolve("attributes"), "* filter=mallory eol=crlf working-tree-encoding=UTF-16\n");
        Files.writeString(Files.createDirectories(home.resolve(".ssh")).resolve("config"), """
                Host *
                    ProxyCommand %1$s
                    LocalCommand %1$s
                    PermitLocalCommand yes
                """.formatted(program));
        String config = """
                [user]
                    name = Mallory
                    email = mallory@example.org
                    signingKey = ABCDEF
                [commit]
                    gpgSign = true
                [push]
                    gpgSign = true
                [gpg]
                    format = ssh
                    program = %1$s
                [gpg "ssh"]
                    program = %1$s
                    defaultKeyCommand = %1$s
                    allowedSignersFile = %2$s/nobody
                [gpg "openpgp"]
                    program = %1$s
                [core]
                    hooksPath = %2$s/template/hooks
                    attributesFile = %2$s/attributes
                    fsmonitor = %1$s
                    sshCommand = %1$s
                    gitProxy = %1$s
                    askPass = %1$s
                    editor = %1$s
                    pager = %1$s
                    worktree = %3$s
                    compression = 0
                    autocrlf = true
                    eol = crlf
                    logAllRefUpdates = always
                    sharedRepository = world
                    bare = false
                [filter "mallory"]
                    clean = %1$s
                    smudge = %1$s
                    required = true
                [filter "lfs"]
                    clean = %1$s
                    smudge = %1$s
                    process = %1$s
                [lfs]
                    storage = %3$s
                    url = http://127.0.0.1:1/
                    pushurl = http://127.0.0.1:1/
                [init]
                    templateDir = %2$s/template
                    defaultBranch = trunk
                    defaultObjectFormat = sha256
                [url "http://127.0.0.1:1/"]
                    insteadOf = http://
                    insteadOf = ssh://
                    insteadOf = file://
                    pushInsteadOf = http://
                [http]
                    proxy = http://127.0.0.1:1/
                    extraHeader = X-Mallory: yes
                    cookieFile = %2$s/attributes
                    sslVerify = false
                [credential]
                    helper = !%1$s
                [protocol]
                    allow = never
                [transfer]
                    hideRefs = refs/heads
                [receive]
                    denyCurrentBranch = ignore
                    shallowUpdate = false
                [safe]
                    directory = /nowhere
                    bareRepository = explicit
                [i18n]
                    commitEncoding = ISO-8859-1
                [extensions]
                    objectFormat = sha256
                """.formatted(program, home, elsewhere());
        Files.writeString(home.resolve(".gitconfig"), config);
        // Where Git and JGit look below XDG_CONFIG_HOME.
        for (String name : List.of("git", "jgit")) {
            Files.writeString(Files.createDirectories(home.resolve(name)).resolve("config"), config);
        }
        environment(home, program);
        options.addAll(List.of(
                "-Dfile.encoding=ISO-8859-1",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati"));
    }

    private void environment(Path home, Path program) {
        set("PATH", program.getParent() + ":" + System.getenv("PATH"));
        for (String name : List.of(
                "GIT_SSH",
                "GIT_SSH_COMMAND",
                "GIT_PROXY_COMMAND",
                "GIT_ASKPASS",
                "SSH_ASKPASS",
                "GIT_EDITOR",
                "GIT_PAGER",
                "GIT_EXTERNAL_DIFF",
                "EDITOR",
                "PAGER",
                "VISUAL")) {
            set(name, program);
        }
        for (String name : List.of(
                "GIT_DIR",
                "GIT_COMMON_DIR",
                "GIT_WORK_TREE",
                "GIT_INDEX_FILE",
                "GIT_OBJECT_DIRECTORY",
                "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                "GIT_EXEC_PATH",
                "GIT_LFS_PATH",
                "GIT_TRACE",
                "GIT_TRACE2",
                "GIT_TRACE_PACKET",
                "GIT_TRACE_CURL")) {
            set(name, elsewhere());
        }
        for (String name : List.of("GIT_CONFIG", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")) {
            set(name, home.resolve(".gitconfig"));
        }
        for (String person : List.of("GIT_AUTHOR", "GIT_COMMITTER")) {
            set(person + "_NAME", "Mallory");
            set(person + "_EMAIL", "mallory@example.org");
            set(person + "_DATE", "2001-01-01T00:00:00Z");
        }
        set("XDG_CONFIG_HOME", home);
        set("GNUPGHOME", elsewhere());
        set("EMAIL", "mallory@example.org");
        set("GIT_TEMPLATE_DIR", home.resolve("template"));
        set("GIT_CONFIG_COUNT", 1);
        set("GIT_CONFIG_KEY_0", "core.hooksPath");
        set("GIT_CONFIG_VALUE_0", home.resolve("template/hooks"));
        set("GIT_CONFIG_PARAMETERS", "'core.compression=0'");
        set("GIT_DEFAULT_HASH", "sha256");
        set("GIT_PROTOCOL", "version=0");
        set("GIT_QUARANTINE_PATH", elsewhere());
        set("GIT_ALLOW_PROTOCOL", "none");
        set("LC_ALL", "tr_TR.ISO-8859-9");
        set("TZ", "Pacific/Kiritimati");
    }

    private void program(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\necho \"$0 $*\" >> '%s'\nexit 1\n".formatted(executed()));
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}

package dev.laurel.launch;

import dev.laurel.cli.Main;
import dev.laurel.program.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what a JVM of this very build starts from quickly: a cache of the classes that commands use, already parsed and verified. The
 * launcher runs it in the background; see {@code laurel} for how it is used.
 *
 * <p>In its folder are at the end: {@code classes}, the cache; {@code options}, with which a JVM uses it, below its size; and the jars that could not be cached
 * as they are. A cache is tried before its options are there for others.
 */
final class StartUpCache {
    /** JDK 25 makes a cache of linked classes and of objects too in one step (JEP 514); those before, one of classes. */
    private static final int FIRST_WITH_AOT_CACHE = 25;

    /** The flags that the launcher uses; a cache is best used with the same ones. */
    private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final long PATIENCE_MINUTES = 10;

    private final Path folder;
    private final boolean aot;

    private StartUpCache(Path folder, int javaVersion) {
        this.folder = folder;
        this.aot = javaVersion >= FIRST_WITH_AOT_CACHE;
    }

    /** @param arguments the folder to make it in */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Program.begin();
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        try {
            new StartUpCache(folder, Runtime.version().feature()).make();
        } finally {
            Files.deleteIfExists(folder.resolve("maker"));
        }
    }

    private void make() throws IOException, InterruptedException {
        String classPath = cacheableJars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path classes = folder.resolve("classes");
        Path stage = Files.createTempDirectory("laurel-rehearsal");
        try {
            String repository = stage.resolve("models.git").toString();
            run(List.of("-cp", classPath), Rehearsal.class, "prepare", repository);
            run(
                    List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + classes, "-cp", classPath),
                    Rehearsal.class,
                    "rehearse",
                    repository);
        } finally {
            delete(stage);
        }

        Path tried = folder.resolve("options-to-be-tried");
        Files.write(
                tried,
                List.of(
                        "# " + Files.size(classes),
                        quoted((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + classes),
                        // Without the cache a JVM goes on as it would have; what it says about that would stand amid
                        // the output.
                        aot ? "-Xlog:aot*=off" : "-Xlog:cds*=off",
                        "-cp",
                        quoted(classPath)));
        run(List.of("@" + tried), Main.class, "--version");
        Files.move(tried, folder.resolve("options"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** In a fixed order: a cache is of one class path only. */
    private List<Path> cacheableJars() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String jar : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .sorted()
                .toList()) {
            jars.add(new CacheableJar(Path.of(jar)).in(folder));
        }
        return jars;
    }

    private void run(List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(
                        "no cache: this failed, or took more than %s minutes: %s".formatted(PATIENCE_MINUTES, command));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** As it has to stand in a file of options. */
    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package dev.laurel.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CacheableJarTest {
    @TempDir
    private Path folder;

    private Path made(Class<?> from) throws Exception {
        return new CacheableJar(jarOf(from)).in(folder);
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void leavesOutTheSignatureAndNothingElse() throws Exception {
        try (JarFile signed = new JarFile(jarOf(Repository.class).toFile());
                JarFile made = new JarFile(made(Repository.class).toFile())) {
            assertThat(signed.stream().filter(entry -> made.getEntry(entry.getName()) == null))
                    .extracting(Object::toString)
                    .isNotEmpty()
                    .allMatch(name -> name.matches("META-INF/[A-Z_]+\\.(SF|RSA)"));
            assertThat(made.getManifest().getMainAttributes())
                    .isEqualTo(signed.getManifest().getMainAttributes());
        }
    }

    @Test
    void givesOldClassesStackMapsWithWhichTheyRun() throws Exception {
        Path made = made(CommandLine.class);
        try (JarFile jar = new JarFile(made.toFile());
                DataInputStream head = new DataInputStream(jar.getInputStream(
                        jar.getEntry(CommandLine.class.getName().replace('.', '/') + ".class")))) {
            head.skipNBytes(6);
            assertThat(head.readUnsignedShort()).isGreaterThan(50);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {made.toUri().toURL()}, null)) {
            Class<?> commandLine = loader.loadClass(CommandLine.class.getName());
            Class<?> specification = loader.loadClass(CommandLine.Model.CommandSpec.class.getName());
            Object created = commandLine
                    .getConstructor(Object.class)
                    .newInstance(specification.getMethod("create").invoke(null));
            assertThat(commandLine.getMethod("getUsageMessage").invoke(created))
                    .isEqualTo("Usage: <main class>%n".formatted());
        }
    }

    @Test
    void takesAnotherJarAsItIs() throws Exception {
        assertThat(made(Test.class)).isEqualTo(jarOf(Test.class));
        assertThat(folder).isEmptyDirectory();
    }
}

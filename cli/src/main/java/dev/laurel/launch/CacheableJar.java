package dev.laurel.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A jar as a JVM can keep its classes in a cache: it keeps none of a signed jar, which JGit's is, and none from before Java 6, which
 * picocli's are. So the signature is left out, and old classes get the stack maps that Java 6 brought; what they do stays the same. A
 * provider of cryptography is left alone, since some JDKs believe a signed one only.
 */
final class CacheableJar {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String PROVIDER = "META-INF/services/java.security.Provider";
    private static final int FIRST_WITH_STACK_MAPS = Opcodes.V1_6;
    /** Where the version stands in a class file, after the magic number and the minor version. */
    private static final int VERSION_AT = 6;

    private final Path jar;

    CacheableJar(Path jar) {
        this.jar = jar;
    }

    /** The jar itself where that will do, else one that is made in {@code folder}. */
    Path in(Path folder) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(in.entries());
            boolean change = false;
            for (ZipEntry entry : entries) {
                change |= isSignature(entry) || isOld(entry, in);
            }
            if (!change || in.getEntry(PROVIDER) != null) {
                return jar;
            }
            Path made = folder.resolve(jar.getFileName());
            try (OutputStream file = Files.newOutputStream(made);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                for (ZipEntry entry : entries) {
                    if (!isSignature(entry)) {
                        copy(entry, in, out);
                    }
                }
            }
            return made;
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    private static boolean isOld(ZipEntry entry, ZipFile in) throws IOException {
        if (!entry.getName().endsWith(".class")) {
            return false;
        }
        try (InputStream content = in.getInputStream(entry)) {
            ByteBuffer head = ByteBuffer.wrap(content.readNBytes(VERSION_AT + Short.BYTES));
            return head.getShort(VERSION_AT) < FIRST_WITH_STACK_MAPS;
        }
    }

    private static void copy(ZipEntry entry, ZipFile in, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        try (InputStream content = in.getInputStream(entry)) {
            out.write(isOld(entry, in) ? withStackMaps(content) : content.readAllBytes());
        }
        out.closeEntry();
    }

    private static byte[] withStackMaps(InputStream content) throws IOException {
        ClassReader reader = new ClassReader(content);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public void visit(
                            int version,
                            int access,
                            String name,
                            @Nullable String signature,
                            @Nullable String superName,
                            String @Nullable [] interfaces) {
                        super.visit(Opcodes.V1_8, access, name, signature, superName, interfaces);
                    }
                },
                0);
        return writer.toByteArray();
    }
}

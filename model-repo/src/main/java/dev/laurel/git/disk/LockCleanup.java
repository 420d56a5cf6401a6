package dev.laurel.git.disk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.eclipse.jgit.internal.util.CleanupService;
import org.slf4j.LoggerFactory;

/**
 * Has JGit remove its lock files when the process is stopped amid its work. JGit would see to that by itself, but loads all of its messages
 * for it whenever a process starts, and for good measure when it ends. So it is run as in an OSGi container, which makes its service, and
 * calls it at the end by the method's name.
 */
public final class LockCleanup {
    private static volatile boolean needed;

    private LockCleanup() {}

    /** Before JGit does anything that would register its own. */
    public static void install() {
        CleanupService service = new CleanupService();
        try {
            Method atEnd = CleanupService.class.getDeclaredMethod("shutDown");
            atEnd.setAccessible(true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> run(service, atEnd), "lock-cleanup"));
            needed = true;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this version of JGit cleans up in another way", e);
        }
    }

    /** Says that the process ends in an orderly way, all locks released. */
    public static void skip() {
        needed = false;
    }

    private static void run(CleanupService service, Method atEnd) {
        if (needed) {
            try {
                atEnd.invoke(service);
            } catch (IllegalAccessException | InvocationTargetException e) {
                LoggerFactory.getLogger(LockCleanup.class).error("locks may be left behind", e);
            }
        }
    }
}

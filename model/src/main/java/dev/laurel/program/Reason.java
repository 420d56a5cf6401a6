package dev.laurel.program;

import com.fasterxml.jackson.core.JacksonException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.DateTimeException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure comes to, in one line for people: never the name of a class, which tells only whoever wrote the program. Java leaves half
 * of what happened to that name; {@code UnknownHostException: a.example} is nothing but {@code a.example} without it.
 */
public final class Reason {
    private static final int LONGEST = 500;
    private static final String OURS = "dev.laurel.";
    private static final String OWN_MISTAKE = "an error of the program's own";

    /** With the colon behind it, as in the text of a cause. */
    private static final Pattern CLASS_NAME = Pattern.compile(
            "(?:\\b(?:class |interface )?(?:java|javax|jakarta|jdk|sun|com|org|io|net|dev|ch|kotlin|picocli)(?:\\.[a-z]\\w*)*\\.[A-Z][\\w$.]*|\\b[A-Z]\\w*(?:Exception|Error)\\b)(?::\\s*)?");

    private Reason() {}

    public static String of(Throwable failure) {
        Throwable told = told(failure);
        @Nullable String known = known(told);
        return oneLine(known != null ? known : text(told));
    }

    /** A library's own words, of which it is known that they are for people, without the classes among them. */
    public static String inWords(String text) {
        return oneLine(clean(text));
    }

    /** What has something to say: a cause, where all that is around it is its name. */
    private static Throwable told(Throwable failure) {
        Throwable told = failure;
        while (told.getCause() != null
                && !(told instanceof ConnectException)
                && (told.getMessage() == null
                        || told.getMessage().equals(told.getCause().toString()))) {
            told = told.getCause();
        }
        return told;
    }

    private static @Nullable String known(Throwable e) {
        @Nullable String message = e.getMessage();
        if (e.getClass().getName().startsWith(OURS)) {
            return message;
        }
        if (e instanceof UnknownHostException) {
            return message == null ? "no such host" : "no such host: " + message.replaceFirst(":.*", "");
        }
        if (e instanceof UnresolvedAddressException) {
            return "no such host";
        }
        if (e instanceof ConnectException) {
            // The client of HTTP says neither that, nor that there is no such host.
            return message != null ? clean(message) : isUnresolved(e) ? "no such host" : "connection refused";
        }
        if (e instanceof NoRouteToHostException) {
            return "no route to the host";
        }
        if (e instanceof HttpTimeoutException || e instanceof InterruptedIOException) {
            return "no answer in time";
        }
        if (e instanceof SSLException) {
            return String.valueOf(message).contains("certification path")
                    ? "its certificate is not trusted"
                    : "no secure connection: " + clean(String.valueOf(message));
        }
        if (e instanceof EOFException && (message == null || !message.contains(" "))) {
            return "it ends too early";
        }
        if (e instanceof ClosedChannelException) {
            return "the connection was closed";
        }
        if (e instanceof JacksonException) {
            // Its words are for whoever wrote the program.
            return "not as expected";
        }
        if (e instanceof OutOfMemoryError) {
            return "too little memory";
        }
        if (e instanceof StackOverflowError) {
            return "nested too deep for this machine";
        }
        return file(e);
    }

    private static boolean isUnresolved(Throwable e) {
        return e instanceof UnresolvedAddressException || (e.getCause() != null && isUnresolved(e.getCause()));
    }

    private static @Nullable String file(Throwable e) {
        if (e instanceof FileNotFoundException) {
            return clean(String.valueOf(e.getMessage()));
        }
        if (e instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        if (!(e instanceof FileSystemException of)) {
            return null;
        }
        String file = String.valueOf(of.getFile());
        if (e instanceof NoSuchFileException) {
            return "no such file: " + file;
        }
        if (e instanceof AccessDeniedException) {
            return "no permission: " + file;
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is one already: " + file;
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder: " + file;
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "folder is not empty: " + file;
        }
        return of.getReason() == null ? "cannot be used: " + file : file + ": " + clean(of.getReason());
    }

    /** The words of a library, unless they speak of its classes. */
    private static String text(Throwable e) {
        boolean forPeople = e instanceof IOException
                || e instanceof IllegalStateException
                || e instanceof IllegalArgumentException
                || e instanceof UnsupportedOperationException
                || e instanceof DateTimeException;
        @Nullable String message = e.getMessage();
        if (!forPeople || message == null || clean(message).isBlank()) {
            return e instanceof IOException ? "reading or writing failed" : OWN_MISTAKE;
        }
        return clean(message);
    }

    private static String clean(String message) {
        return CLASS_NAME.matcher(message).replaceAll("").strip();
    }

    /** Some libraries say in thousands of lines what went wrong. */
    private static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}

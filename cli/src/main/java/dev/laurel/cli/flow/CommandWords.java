package dev.laurel.cli.flow;

import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of a step's command. What stands for something else is put in after the words are told apart, so that no value is taken apart. */
final class CommandWords {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+|(\\S)");
    private static final Pattern PIECE = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\"']+)");

    private final Map<String, String> environment;
    private final SortedMap<String, Path> files = new TreeMap<>();

    CommandWords(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The last by name of the files that a pattern means, from now on to be had by a name. */
    void file(String name, String pattern) {
        Path path = path(filled(pattern));
        Path last = path.getFileName();
        Path folder = path.toAbsolutePath().getParent();
        if (last == null || folder == null) {
            throw new InvalidValueException("file", pattern, "a path with a name at its end");
        }
        Path found = newest(folder, last.toString());
        if (found == null) {
            throw new InvalidValueException("file", path, "a file that is there");
        }
        files.put(name, path.resolveSibling(found));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidValueException("file", text.replace("\0", "\\0"), "a path");
        }
    }

    /** Order is that of names, never that of time: a file that is copied or restored stays where it was. */
    private static @Nullable Path newest(Path folder, String pattern) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob(pattern))) {
            List<Path> names = new ArrayList<>();
            for (Path each : found) {
                Path name = each.getFileName();
                if (name != null && Files.isRegularFile(each)) {
                    names.add(name);
                }
            }
            return names.stream().max(Comparator.comparing(Path::toString)).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static String glob(String pattern) {
        return pattern.replaceAll("[\\\\\\[\\]{}]", "\\\\$0");
    }

    /** Lets a name whose file is not there stand for a path all the same, so that what else is wrong can be said. */
    Path placeOf(String name, String pattern) {
        Path path = Path.of(pattern.replaceAll("\\$\\{|}|\0", ""));
        files.put(name, path);
        return path;
    }

    List<String> of(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                throw new InvalidValueException("quote", matcher.group(1), "one that is closed again");
            }
            StringBuilder word = new StringBuilder();
            Matcher piece = PIECE.matcher(matcher.group());
            while (piece.find()) {
                if (piece.group(2) != null) {
                    word.append(piece.group(2));
                } else {
                    word.append(filled(piece.group(1) == null ? piece.group(3) : piece.group(1)));
                }
            }
            if (word.indexOf("\0") >= 0) {
                throw new InvalidValueException("word", word.toString().replace("\0", "\\0"), "one without zeros");
            }
            words.add(word.toString());
        }
        return words;
    }

    /** A command for people: which files it takes, and no value of the environment, which may be secret. */
    String shown(String command) {
        return PLACEHOLDER
                .matcher(command)
                .replaceAll(found -> Matcher.quoteReplacement(
                        files.containsKey(found.group(1)) ? value(found.group(1)) : found.group()));
    }

    private String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String name) {
        Path file = files.get(name);
        String value = file == null ? environment.get(name) : file.toString();
        if (value == null) {
            throw new InvalidValueException(
                    "${" + name + "}",
                    "not set",
                    "the variable " + name + " in the environment, or one of the files"
                            + (files.isEmpty() ? "" : ": " + String.join(", ", files.keySet())));
        }
        return value;
    }
}

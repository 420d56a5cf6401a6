package dev.laurel.git.host;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a models repository is. */
public sealed interface Location {
    String EXPECTED = "a folder, or an address that begins with file://, https://, http:// or ssh://";

    /** Two letters at least: one is a drive of Windows. */
    Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");

    Pattern HOST_AND_PATH = Pattern.compile("([A-Za-z0-9._-]+@)?([A-Za-z0-9._-]{2,}):([^\\\\].*)");

    /** On this machine: a bare repository, or a clone to read from. {@code file://} is one too. */
    record Folder(Path path) implements Location {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** On a Git host: {@code https}, {@code http} or {@code ssh}, without a password in it. */
    record Remote(URI address) implements Location {
        private static final Set<String> SCHEMES = Set.of("https", "http", "ssh");

        public Remote {
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            String user = address.getRawUserInfo();
            // Neither message shows the address: there may be a secret in it.
            Expect.that(
                    user == null || scheme.equals("ssh"),
                    "repository",
                    scheme + "://***@" + address.getHost(),
                    "no user or token in the address; LAUREL_GIT_TOKEN or LAUREL_GIT_TOKEN_FILE takes the token");
            Expect.that(
                    user == null || !user.contains(":"),
                    "repository",
                    "ssh://***@" + address.getHost(),
                    "no password in the address; LAUREL_SSH_KEY names the file of a private key");
            Expect.that(
                    SCHEMES.contains(scheme)
                            && address.getHost() != null
                            && address.getPath().length() > 1
                            && address.getQuery() == null
                            && address.getFragment() == null,
                    "repository",
                    address,
                    "an address such as https://git.example.com/team/models.git");
        }

        public boolean isSsh() {
            return "ssh".equalsIgnoreCase(address.getScheme());
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** @throws InvalidValueException when it is none of these */
    static Location parse(String text) {
        Expect.that(!text.isBlank(), "repository", "''", EXPECTED);
        if (ADDRESS.matcher(text).matches()) {
            return address(text);
        }
        var shortForm = HOST_AND_PATH.matcher(text);
        if (shortForm.matches()) {
            String user = shortForm.group(1) == null ? "" : shortForm.group(1);
            String path = shortForm.group(3).startsWith("/") ? shortForm.group(3) : "/" + shortForm.group(3);
            throw new InvalidValueException(
                    "repository", text, "the long form of this address: ssh://" + user + shortForm.group(2) + path);
        }
        try {
            return new Folder(Path.of(text));
        } catch (InvalidPathException e) {
            throw new InvalidValueException("repository", text, EXPECTED);
        }
    }

    private static Location address(String text) {
        URI address;
        try {
            address = new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            // What cannot be read may hold a secret as well.
            throw new InvalidValueException("repository", text.replaceAll("//[^/]*@", "//***@"), EXPECTED);
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("file")) {
            Expect.that(Remote.SCHEMES.contains(scheme), "repository", scheme + "://...", EXPECTED);
            return new Remote(address);
        }
        try {
            return new Folder(Path.of(address));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new InvalidValueException(
                    "repository", text, "file:// with a path of this machine, file:///srv/models.git");
        }
    }
}

package dev.laurel.git.host;

import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a repository on a Git host is reached: who we are there, through which proxies, where its mirror is kept and how often it is looked
 * at. Shows no secret.
 */
public final class Access {
    /** Any name will do for GitHub and for Gitea and its kin; GitLab wants this one for some of its tokens, and their own for others. */
    private static final String USER = "oauth2";

    private static final Pattern MILLIS = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m)");

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})(MB|GB)");

    private final Map<String, String> environment;
    private final Path cache;
    private final long cacheSize;
    private final Duration poll;
    private final Proxies proxies;
    private final boolean signed;

    private Access(
            Map<String, String> environment,
            Path cache,
            long cacheSize,
            Duration poll,
            Proxies proxies,
            boolean signed) {
        this.environment = environment;
        this.cache = cache;
        this.cacheSize = cacheSize;
        this.poll = poll;
        this.proxies = proxies;
        this.signed = signed;
    }

    /**
     * As environment variables say: {@code LAUREL_GIT_TOKEN} or the file {@code LAUREL_GIT_TOKEN_FILE}, with the name {@code
     * LAUREL_GIT_USER} (oauth2), the files {@code LAUREL_SSH_KEY} and {@code LAUREL_SSH_KNOWN_HOSTS}, the folder {@code LAUREL_CACHE}
     * (~/.cache/laurel), {@code LAUREL_CACHE_SIZE} (5GB), {@code LAUREL_POLL} (10s), {@code LAUREL_SIGNED} (false), and the usual {@code
     * http_proxy}, {@code https_proxy} and {@code no_proxy}.
     *
     * @throws InvalidValueException when they contradict each other
     */
    public static Access of(Map<String, String> environment) {
        Expect.that(
                !isSet(environment, "LAUREL_GIT_TOKEN") || !isSet(environment, "LAUREL_GIT_TOKEN_FILE"),
                "LAUREL_GIT_TOKEN",
                "set, beside LAUREL_GIT_TOKEN_FILE",
                "one of the two");
        String user = environment.getOrDefault("LAUREL_GIT_USER", "");
        Expect.that(user.matches("[^:\\p{Cntrl}]*"), "LAUREL_GIT_USER", "something else", "a name without a colon");
        return new Access(
                Map.copyOf(environment),
                cache(environment),
                size(environment.getOrDefault("LAUREL_CACHE_SIZE", "5GB")),
                poll(environment.getOrDefault("LAUREL_POLL", "10s")),
                Proxies.of(environment),
                signed(environment.getOrDefault("LAUREL_SIGNED", "false")));
    }

    private static boolean signed(String text) {
        Expect.that(text.equals("true") || text.equals("false"), "LAUREL_SIGNED", text, "true or false");
        return text.equals("true");
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /** The folder for all that can be fetched again. */
    public static Path cache(Map<String, String> environment) {
        return isSet(environment, "LAUREL_CACHE")
                ? Path.of(environment.getOrDefault("LAUREL_CACHE", ""))
                : Path.of(System.getProperty("user.home"), ".cache", "laurel");
    }

    private static long size(String text) {
        var size = SIZE.matcher(text);
        Expect.that(size.matches(), "LAUREL_CACHE_SIZE", text, "a size such as 500MB or 5GB");
        return Long.parseLong(size.group(1)) * (size.group(2).equals("MB") ? 1_000_000 : 1_000_000_000);
    }

    private static Duration poll(String text) {
        var time = MILLIS.matcher(text);
        Expect.that(time.matches(), "LAUREL_POLL", text, "a time such as 500ms, 10s or 5m");
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** The folder of a repository's mirror. */
    public Path mirror(Location.Remote location) {
        byte[] address = location.toString().getBytes(StandardCharsets.UTF_8);
        return mirrors().resolve(Digest.of(address).hex().substring(0, 16));
    }

    /** The folder of bytes by digest that came from elsewhere than a Git host; like a mirror, so that its size counts. */
    public Path bytes() {
        return mirrors().resolve("bytes");
    }

    /** The folder of all mirrors. */
    public Path mirrors() {
        return cache.resolve("mirrors");
    }

    /** How many bytes of models and rows all mirrors may have together. */
    public long cacheSize() {
        return cacheSize;
    }

    /** How long what main was is taken for what main is, by those who only read. */
    public Duration poll() {
        return poll;
    }

    /** Whether all of history is to be looked through for signers, and is expected to name some. */
    public boolean signed() {
        return signed;
    }

    Proxies proxies() {
        return proxies;
    }

    public boolean hasToken() {
        return isSet(environment, "LAUREL_GIT_TOKEN") || isSet(environment, "LAUREL_GIT_TOKEN_FILE");
    }

    /** The value of an {@code Authorization} header. The file is read each time, since tokens are renewed in place. */
    Optional<String> authorization() throws IOException {
        if (!hasToken()) {
            return Optional.empty();
        }
        String token = isSet(environment, "LAUREL_GIT_TOKEN")
                ? environment.getOrDefault("LAUREL_GIT_TOKEN", "").strip()
                : secret("LAUREL_GIT_TOKEN_FILE");
        String user = isSet(environment, "LAUREL_GIT_USER") ? environment.getOrDefault("LAUREL_GIT_USER", "") : USER;
        byte[] login = (user.strip() + ":" + token).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(login));
    }

    private String secret(String variable) throws IOException {
        String text =
                Files.readString(file(variable, "a file with a token in it")).strip();
        if (text.isEmpty() || text.lines().count() != 1) {
            throw new IOException("%s: %s (expected: one line, the token)"
                    .formatted(variable, text.isEmpty() ? "an empty file" : "more than one line"));
        }
        return text;
    }

    /** The private key for {@code ssh://}. */
    Path sshKey() throws IOException {
        return file("LAUREL_SSH_KEY", "the file of a private key, for ssh://");
    }

    /** The keys of the hosts that may be talked to. */
    Path knownHosts() throws IOException {
        return file(
                "LAUREL_SSH_KNOWN_HOSTS",
                "a known_hosts file with the host's key, for ssh://; ssh-keyscan prints its lines");
    }

    private Path file(String variable, String expected) throws IOException {
        @Nullable String name = environment.get(variable);
        if (name == null || name.isBlank()) {
            throw new IOException("%s: missing (expected: %s)".formatted(variable, expected));
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("%s: %s, which cannot be read (expected: %s)".formatted(variable, file, expected));
        }
        return file;
    }
}

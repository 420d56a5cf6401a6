package dev.laurel.forge;

import dev.laurel.git.host.Location;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.ForgeAddress;
import dev.laurel.registry.ForgeAddress.Kind;
import dev.laurel.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which Git host has the pull requests of a models repository, and with which token to ask it. */
public final class Forges {
    private static final String TOKEN = "LAUREL_FORGE_TOKEN";
    private static final String GIT_TOKEN = "LAUREL_GIT_TOKEN";

    /** The hosts of which everybody knows what runs there. */
    private static final Map<String, Kind> KNOWN =
            Map.of("github.com", Kind.GITHUB, "gitlab.com", Kind.GITLAB, "codeberg.org", Kind.GITEA);

    /** {@code https://host/owner/name.git} and {@code ssh://git@host:22/owner/name.git}. */
    private static final Pattern REMOTE =
            Pattern.compile("(?:https?|ssh)://(?:[^/@]*@)?(?<host>[^/:@]+)(?::[0-9]+)?/(?<path>.+?)(?:\\.git)?/?");

    private Forges() {}

    /**
     * The host that {@code laurel.yaml} names, or that the address of the repository tells.
     *
     * @param location of the repository, as it was opened; a folder has no host
     * @param settings environment variables, for the token
     * @return empty when the repository has no host
     * @throws InvalidValueException when there is a host but no token for it
     */
    public static Optional<Forge> of(Registry registry, Location location, Map<String, String> settings) {
        String repository = location.toString();
        return registry.forge()
                .or(() -> derived(repository))
                .map(address ->
                        of(address, token(address, repository, settings), time -> Thread.sleep(time.toMillis())));
    }

    static Forge of(ForgeAddress address, String token, Patience patience) {
        return switch (address.kind()) {
            case GITHUB -> new GitHub(address, token, patience);
            case GITLAB -> new GitLab(address, token, patience);
            case GITEA -> new Gitea(address, token, patience);
        };
    }

    static Optional<ForgeAddress> derived(String repository) {
        Matcher remote = REMOTE.matcher(repository);
        Optional<String> host = hostOf(repository);
        return host.map(KNOWN::get)
                .filter(kind -> remote.matches())
                .map(kind -> new ForgeAddress(kind, "https://" + host.get(), remote.group("path")));
    }

    private static Optional<String> hostOf(String repository) {
        Matcher remote = REMOTE.matcher(repository);
        return remote.matches() ? Optional.of(remote.group("host").toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** Git's own token is for the host that Git talks to, whatever {@code laurel.yaml} says. */
    static String token(ForgeAddress address, String repository, Map<String, String> settings) {
        Optional<String> token = secret(TOKEN, settings);
        if (token.isEmpty()
                && hostOf(repository).filter(address.host()::equalsIgnoreCase).isPresent()) {
            token = secret(GIT_TOKEN, settings);
        }
        return token.orElseThrow(() -> new InvalidValueException(
                TOKEN, "not set", "a token of %s that may open pull requests".formatted(address.host())));
    }

    /** A setting, or what stands in the file that the setting with {@code _FILE} names. */
    private static Optional<String> secret(String name, Map<String, String> settings) {
        String file = settings.getOrDefault(name + "_FILE", "");
        String value = settings.getOrDefault(name, "");
        String secret = (value.isBlank() && !file.isBlank() ? read(name + "_FILE", Path.of(file)) : value).strip();
        Expect.that(
                secret.isEmpty() || secret.matches("[!-~]+"),
                name,
                "something else",
                "a token: one line without spaces");
        return Optional.of(secret).filter(text -> !text.isEmpty());
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidValueException(name, file, "a file that can be read");
        }
    }
}

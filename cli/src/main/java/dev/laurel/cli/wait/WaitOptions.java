package dev.laurel.cli.wait;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code --wait} and what belongs to it. */
public final class WaitOptions {
    private static final int USUAL_SECONDS = 300;

    @Option(
            names = "--wait",
            paramLabel = "URL",
            split = ",",
            converter = Address.class,
            description = {
                "Return when every replica behind this address answers with that version, such as http://localhost:8080.",
                "A name with several addresses (a headless Service) is a server at each."
            })
    private @Nullable List<URI> addresses;

    @Option(
            names = "--wait-seconds",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long to wait, 1..86400 (default: 300). After that the exit code is 1.")
    private @Nullable Integer seconds;

    @Option(
            names = "--replicas",
            paramLabel = "NUMBER",
            converter = Replicas.class,
            description = "How many replicas there are to be at least (default: as many as answer).")
    private @Nullable Integer replicas;

    /** @throws InvalidValueException when something is said about a wait that is not asked for */
    public Optional<Waiting> waiting() {
        if (addresses == null) {
            expectNone("--wait-seconds", seconds);
            expectNone("--replicas", replicas);
            return Optional.empty();
        }
        // A rollout changes the addresses of a name; the platform's thirty seconds would be longer than it takes.
        Security.setProperty("networkaddress.cache.ttl", "1");
        return Optional.of(new Waiting(
                addresses,
                Duration.ofSeconds(seconds == null ? USUAL_SECONDS : seconds),
                replicas == null ? 1 : replicas));
    }

    private static void expectNone(String option, @Nullable Integer given) {
        if (given != null) {
            throw new InvalidValueException(option, given, "none without --wait");
        }
    }

    /** Reads the address of a server. */
    static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI url = new URI(text.replaceFirst("/+$", ""));
                boolean isOne = ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getHost() != null
                        && url.getUserInfo() == null
                        && url.getQuery() == null;
                Expect.that(isOne, "--wait", text, "an address such as http://localhost:8080");
                return url;
            } catch (URISyntaxException e) {
                throw new InvalidValueException("--wait", text, "an address such as http://localhost:8080");
            }
        }
    }

    /** Reads a whole number. */
    abstract static class Whole implements ITypeConverter<Integer> {
        private final String option;
        private final int most;

        private Whole(String option, int most) {
            this.option = option;
            this.most = most;
        }

        @Override
        public Integer convert(String text) {
            Expect.that(text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= most, option, text, "1.." + most);
            return Integer.valueOf(text);
        }
    }

    static final class Seconds extends Whole {
        Seconds() {
            super("--wait-seconds", 86_400);
        }
    }

    static final class Replicas extends Whole {
        Replicas() {
            super("--replicas", 1000);
        }
    }
}

package dev.laurel.front;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that a server answers to. Always {@code localhost} and loopback addresses; of other addresses the one that a connection arrived
 * at, and every one where the server is bound to all: nobody can let an address point elsewhere, as can be done with a name.
 *
 * @param given more: names, addresses, {@code *.example.com} for all names below one, {@code *} for any
 */
public record Names(boolean everyAddress, List<String> given) {
    private static final String ANY = "*";
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + "){0,30}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*(%[a-z0-9]+)?");

    public Names {
        given = given.stream().map(Names::plain).toList();
        given.forEach(
                name -> Expect.that(
                        name.equals(ANY)
                                || NAME.matcher(name).matches()
                                || address(name).isPresent(),
                        "LAUREL_HOSTS",
                        name,
                        "names without port, with commas between them: predict.example.com, *.example.com, 192.0.2.7, or * for any"));
    }

    /**
     * @param host the address that the server binds to, or its name
     * @param more further names, with commas between them, as {@code LAUREL_HOSTS} has them
     * @throws InvalidValueException when one of them cannot be a name
     */
    public static Names of(String host, String more) {
        Optional<InetAddress> bound = address(plain(host));
        boolean everyAddress = bound.map(InetAddress::isAnyLocalAddress).orElse(false);
        List<String> names = Arrays.stream(more.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        // A host that is neither is refused where it is bound to, with a better message.
        boolean isName = NAME.matcher(plain(host)).matches() || bound.isPresent();
        return new Names(
                everyAddress,
                isName ? Stream.concat(Stream.of(host), names.stream()).toList() : names);
    }

    /** @param local the address that the connection arrived at */
    boolean contain(String host, InetAddress local) {
        String name = plain(host);
        if (name.equals("localhost") || given.contains(name) || given.contains(ANY)) {
            return true;
        }
        Optional<InetAddress> address = address(name);
        if (address.isPresent()) {
            return everyAddress
                    || address.get().isLoopbackAddress()
                    || address.get().equals(local);
        }
        return given.stream().anyMatch(pattern -> pattern.startsWith("*.") && name.endsWith(pattern.substring(1)));
    }

    /** In small letters, without the brackets of an address and the dot at the end of a whole name. */
    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Never asks the DNS: what is parsed is an address already. */
    private static Optional<InetAddress> address(String name) {
        if (!IPV4.matcher(name).matches() && !IPV6.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(name));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

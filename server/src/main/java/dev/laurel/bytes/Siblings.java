package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Expect;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other pods of the same model: all addresses of one name, as a headless Service has them. */
final class Siblings implements ByteSource {
    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]):([0-9]{1,5})");

    private final String host;
    private final int port;
    private final Fetching fetching;

    private Siblings(String host, int port, Fetching fetching) {
        this.host = host;
        this.port = port;
        this.fetching = fetching;
    }

    /** @param text host:port */
    static Siblings of(String text, Fetching fetching) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        Expect.that(matcher.matches(), "LAUREL_SIBLINGS", text, "host:port");
        int port = Integer.parseInt(matcher.group(2));
        Expect.range("port in LAUREL_SIBLINGS", port, 1, 65_535);
        return new Siblings(matcher.group(1), port, fetching);
    }

    @Override
    public String kind() {
        return "sibling";
    }

    @Override
    public List<Place> places() throws IOException {
        List<InetAddress> addresses;
        try {
            addresses = new ArrayList<>(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            // A headless Service without a ready pod has no addresses, which DNS says in this way.
            return List.of();
        }
        // Not all of them at the same one.
        Collections.shuffle(addresses);
        List<Place> places = new ArrayList<>();
        for (InetAddress address : addresses) {
            // A pod knows its own address by its interface; on loopback, others than this one may listen.
            if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) == null) {
                places.add(new Sibling(address));
            }
        }
        return places;
    }

    private final class Sibling implements Place {
        private final String authority;

        Sibling(InetAddress address) {
            String text = address.getHostAddress();
            authority =
                    (address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text) + ":" + port;
        }

        @Override
        public String name() {
            return "sibling " + authority;
        }

        @Override
        public InputStream open(LfsPointer pointer) throws IOException {
            return fetching.get(
                    URI.create("http://" + authority + SiblingPort.PATH
                            + pointer.digest().hex()),
                    Map.of(),
                    pointer);
        }
    }
}

package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A web server or an object store that has bytes under their digest, without a login. */
final class HttpMirror implements ByteSource, ByteSource.Place {
    private final String base;
    private final Fetching fetching;

    /** @param base ends with a slash */
    HttpMirror(String base, Fetching fetching) {
        this.base = base;
        this.fetching = fetching;
    }

    @Override
    public String kind() {
        return "mirror";
    }

    @Override
    public List<Place> places() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "mirror " + base;
    }

    @Override
    public InputStream open(LfsPointer pointer) throws IOException {
        return fetching.get(URI.create(base + pointer.digest().hex()), Map.of(), pointer);
    }
}

package dev.laurel.git.lfs;

import dev.laurel.git.host.Backoff;
import dev.laurel.git.host.HostException;
import dev.laurel.git.host.HttpFailure;
import dev.laurel.git.host.HttpHost;
import dev.laurel.git.lfs.LfsBatch.Action;
import dev.laurel.git.lfs.LfsBatch.Actions;
import dev.laurel.model.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Objects to and from an LFS server, by its basic transfer. What fails in passing is tried again, what was half done goes on. */
final class LfsClient {
    private static final int MOST_ASKED = 100;

    private final LfsBatch batch;
    private final HttpHost host;
    private final Set<Digest> uploaded = ConcurrentHashMap.newKeySet();
    /** Where to have what is expected to be downloaded. */
    private final Map<Digest, Actions> offered = new ConcurrentHashMap<>();

    LfsClient(LfsAddress address, HttpHost host) {
        this.host = host;
        this.batch = new LfsBatch(address, host);
    }

    /** Asks where many objects are to be had, a hundred at a time as git-lfs does, for somebody who is going to download them all. */
    void expectDownloads(List<LfsPointer> pointers) {
        try {
            for (int from = 0; from < pointers.size(); from += MOST_ASKED) {
                offered.putAll(
                        batch.askForDownloads(pointers.subList(from, Math.min(from + MOST_ASKED, pointers.size()))));
            }
        } catch (IOException e) {
            // Then each is asked for by itself, as patiently as ever, and what is wrong is told there.
        }
    }

    /**
     * Fetches an object into a file, behind what of it is there already.
     *
     * @throws LfsObjectException when the server does not have it, or has other bytes; of those nothing stays
     */
    void download(LfsPointer pointer, FileChannel file) throws IOException {
        trying(
                "download",
                pointer,
                Optional.ofNullable(offered.remove(pointer.digest())),
                actions -> get(actions.transfer(), pointer, file));
    }

    /** Brings an object to the server, unless it is there. */
    void upload(LfsPointer pointer, Path file) throws IOException {
        if (uploaded.contains(pointer.digest())) {
            return;
        }
        trying("upload", pointer, Optional.empty(), actions -> {
            put(actions.transfer(), pointer, file);
            if (actions.verify() != null) {
                batch.verify(actions.verify(), pointer);
            }
        });
        uploaded.add(pointer.digest());
    }

    private interface Transfer {
        void run(Actions actions) throws IOException;
    }

    /**
     * Asks for the address again when it has expired or is refused, which is how some hosts say the same.
     *
     * @param known what to do, where that was asked for already
     */
    private void trying(String operation, LfsPointer pointer, Optional<Actions> known, Transfer transfer)
            throws IOException {
        Optional<Actions> actions = known;
        Backoff backoff = Backoff.patient();
        while (true) {
            boolean asking = actions.isEmpty() || actions.get().transfer().isExpired();
            try {
                if (asking) {
                    actions = batch.ask(operation, pointer);
                }
                if (actions.isEmpty()) {
                    return;
                }
                if (actions.get().transfer().isExpired()) {
                    throw new EOFException(
                            HttpHost.shown(actions.get().transfer().href())
                                    + ": expired before it was used (is the clock of this machine right?)");
                }
                asking = false;
                transfer.run(actions.get());
                return;
            } catch (LfsObjectException e) {
                throw e;
            } catch (HttpFailure e) {
                boolean mayGoBetter = e.isPassing() || (!asking && backoff.isFirstTry());
                if (!mayGoBetter || !backoff.pause(e.retryAfter())) {
                    throw e;
                }
                if (!e.isPassing()) {
                    actions = Optional.empty();
                }
            } catch (IOException e) {
                boolean refused = e instanceof HostException refusal && refusal.isRefused();
                if (refused || !backoff.pause(null)) {
                    throw e;
                }
            }
        }
    }

    private void get(Action action, LfsPointer pointer, FileChannel file) throws IOException {
        if (file.size() > pointer.size()) {
            file.truncate(0);
        }
        MessageDigest digest = Digest.sha256();
        long had = digestOf(file, digest);
        if (had < pointer.size() || pointer.size() == 0) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(action.header());
            if (had > 0) {
                headers.put("Range", "bytes=%s-".formatted(had));
            }
            HttpURLConnection answer = host.send("GET", action.href(), headers, null);
            had = append(answer, action, pointer, had, digest, file);
        }
        Digest actual = new Digest(HexFormat.of().formatHex(digest.digest()));
        if (!actual.equals(pointer.digest())) {
            file.truncate(0);
            String problem = "their digest is %s, at %s".formatted(actual, HttpHost.shown(action.href()));
            if (had > 0) {
                // What was there from an earlier time may be to blame.
                throw new IOException(problem);
            }
            throw new LfsObjectException(pointer.digest(), problem);
        }
    }

    private static long digestOf(FileChannel file, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        file.position(0);
        while (file.read(buffer) >= 0) {
            digest.update(buffer.flip());
            buffer.clear();
        }
        return file.position();
    }

    /** @return how many bytes of what was there already are part of the whole: all, or none when the server began anew */
    private static long append(
            HttpURLConnection answer,
            Action action,
            LfsPointer pointer,
            long had,
            MessageDigest digest,
            FileChannel file)
            throws IOException {
        int status = HttpHost.status(answer);
        boolean goesOn = status == HttpURLConnection.HTTP_PARTIAL
                && String.valueOf(answer.getHeaderField("Content-Range")).startsWith("bytes " + had + "-");
        if (had > 0 && !goesOn && (status == HttpURLConnection.HTTP_PARTIAL || status == 416)) {
            file.truncate(0);
            throw new EOFException(HttpHost.shown(action.href()) + ": goes on in another place than was asked for");
        }
        if (!goesOn && status != HttpURLConnection.HTTP_OK) {
            throw HttpFailure.of(action.href(), answer);
        }
        if (!goesOn) {
            file.truncate(0);
            digest.reset();
        }
        long size = goesOn ? had : 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = answer.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > pointer.size()) {
                    file.truncate(0);
                    throw new LfsObjectException(
                            pointer.digest(),
                            "more than %s bytes at %s".formatted(pointer.size(), HttpHost.shown(action.href())));
                }
                digest.update(buffer, 0, n);
                for (ByteBuffer left = ByteBuffer.wrap(buffer, 0, n); left.hasRemaining(); ) {
                    file.write(left);
                }
            }
        }
        if (size < pointer.size()) {
            throw new EOFException(
                    "%s: ended after %s of %s bytes".formatted(HttpHost.shown(action.href()), size, pointer.size()));
        }
        return goesOn ? had : 0;
    }

    private void put(Action action, LfsPointer pointer, Path file) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Content-Type", "application/octet-stream");
        headers.putAll(action.header());
        HttpURLConnection answer = host.send("PUT", action.href(), headers, new HttpHost.Body() {
            @Override
            public long size() {
                return pointer.size();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                Files.copy(file, out);
            }
        });
        if (HttpHost.status(answer) / 100 != 2) {
            throw HttpFailure.of(action.href(), answer);
        }
        answer.getInputStream().close();
    }
}

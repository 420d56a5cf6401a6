package dev.laurel.git.lfs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.host.HttpFailure;
import dev.laurel.git.host.HttpHost;
import dev.laurel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks the batch API of an LFS server where objects are to be had or put. */
final class LfsBatch {
    private static final String JSON = "application/vnd.git-lfs+json";
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final LfsAddress address;
    private final HttpHost host;

    LfsBatch(LfsAddress address, HttpHost host) {
        this.address = address;
        this.host = host;
    }

    /** What to do for an object: where, with which headers, and until when that is good. */
    record Action(
            URI href, Map<String, String> header, @Nullable Instant expires) {
        boolean isExpired() {
            return expires != null && !Instant.now().isBefore(expires);
        }
    }

    /** @param verify where to report an upload; null when nobody wants to know */
    record Actions(Action transfer, @Nullable Action verify) {}

    /**
     * @return empty when there is nothing to do: the server has the object that was to be uploaded
     * @throws LfsObjectException when the server does not have it
     */
    Optional<Actions> ask(String operation, LfsPointer pointer) throws IOException {
        Answer answer = send(operation, List.of(pointer));
        @Nullable Answered object = answer.objects.size() == 1 ? answer.objects.get(0) : null;
        if (object == null) {
            throw new IOException("%s: an answer that was not asked for (expected: one object)"
                    .formatted(HttpHost.shown(answer.url)));
        }
        return actions(operation, pointer, answer.url, object);
    }

    /** Where several objects are to be had, by digest; those that the server does not have are left out. */
    Map<Digest, Actions> askForDownloads(List<LfsPointer> pointers) throws IOException {
        Answer answer = send("download", pointers);
        Map<Digest, Actions> offered = new HashMap<>();
        for (Answered object : answer.objects) {
            Link download = object.error != null || object.actions == null ? null : object.actions.get("download");
            if (download != null) {
                offered.put(new Digest(String.valueOf(object.oid)), new Actions(download.action(answer.url), null));
            }
        }
        return offered;
    }

    private record Answer(URI url, List<Answered> objects) {}

    private Answer send(String operation, List<LfsPointer> pointers) throws IOException {
        LfsAddress.Endpoint endpoint = address.of(operation);
        URI url = URI.create(endpoint.url() + "/objects/batch");
        Request request = new Request(
                operation,
                List.of("basic"),
                new Ref(Refs.MAIN),
                pointers.stream()
                        .map(pointer -> new Asked(pointer.digest().hex(), pointer.size()))
                        .toList(),
                "sha256");
        Map<String, String> headers = new TreeMap<>(endpoint.headers());
        headers.put("Accept", JSON);
        headers.put("Content-Type", JSON);
        HttpURLConnection answer = host.send("POST", url, headers, json(request));
        if (HttpHost.status(answer) != HttpURLConnection.HTTP_OK) {
            throw HttpFailure.of(url, answer);
        }
        Response response = read(url, answer);
        if (response.objects == null || (response.transfer != null && !response.transfer.equals("basic"))) {
            throw new IOException("%s: an answer that was not asked for (expected: objects, basic transfer)"
                    .formatted(HttpHost.shown(url)));
        }
        return new Answer(url, response.objects);
    }

    private static Optional<Actions> actions(String operation, LfsPointer pointer, URI url, Answered object)
            throws IOException {
        if (object.error != null) {
            String message = "%s: %s: %s".formatted(HttpHost.shown(url), object.error.code, object.error.message);
            if (object.error.code == HttpURLConnection.HTTP_NOT_FOUND || object.error.code == 410) {
                throw LfsObjectException.missing(pointer.digest(), "missing at " + message);
            }
            throw new LfsObjectException(pointer.digest(), message);
        }
        Map<String, Link> links = object.actions == null ? Map.of() : object.actions;
        Link transfer = links.get(operation);
        if (transfer == null) {
            if (operation.equals("upload")) {
                return Optional.empty();
            }
            throw LfsObjectException.missing(pointer.digest(), "missing at " + HttpHost.shown(url));
        }
        Link verify = links.get("verify");
        return Optional.of(new Actions(transfer.action(url), verify == null ? null : verify.action(url)));
    }

    /** Tells the server that an upload is done, where it wants to know. */
    void verify(Action verify, LfsPointer pointer) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(Map.of("Accept", JSON, "Content-Type", JSON));
        headers.putAll(verify.header());
        HttpURLConnection answer = host.send(
                "POST", verify.href(), headers, json(new Asked(pointer.digest().hex(), pointer.size())));
        if (HttpHost.status(answer) / 100 != 2) {
            throw HttpFailure.of(verify.href(), answer);
        }
        answer.getInputStream().close();
    }

    private static HttpHost.Body json(Object value) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(value);
        return new HttpHost.Body() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }

    private static Response read(URI url, HttpURLConnection answer) throws IOException {
        try (InputStream in = answer.getInputStream()) {
            return MAPPER.readValue(in.readNBytes(LARGEST_ANSWER), Response.class);
        } catch (JacksonException e) {
            throw new IOException(
                    "%s: not the answer of an LFS server (is Git LFS enabled for this repository?)"
                            .formatted(HttpHost.shown(url)),
                    e);
        }
    }

    /** What {@code git-lfs-authenticate} prints. */
    static LfsAddress.Endpoint endpoint(String json) throws IOException {
        JsonNode said;
        try {
            said = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IOException("git-lfs-authenticate: printed no JSON (expected: the address of the LFS server)", e);
        }
        Link link = MAPPER.convertValue(said, Link.class);
        if (link == null || link.href == null) {
            throw new IOException("git-lfs-authenticate: no href (expected: the address of the LFS server)");
        }
        Action action = link.action(URI.create("ssh:/"));
        return new LfsAddress.Endpoint(action.href(), action.header(), action.expires());
    }

    private record Request(
            String operation,
            List<String> transfers,
            Ref ref,
            List<Asked> objects,
            @JsonProperty("hash_algo") String hashAlgorithm) {}

    private record Ref(String name) {}

    private record Asked(String oid, long size) {}

    private record Response(
            @Nullable String transfer, @Nullable List<Answered> objects) {}

    private record Answered(
            @Nullable String oid,
            @Nullable Map<String, Link> actions,
            @Nullable Failure error) {}

    private record Failure(int code, @Nullable String message) {}

    private record Link(
            @Nullable String href,
            @Nullable Map<String, String> header,
            @Nullable @JsonProperty("expires_in") Long expiresIn,
            @Nullable @JsonProperty("expires_at") String expiresAt) {
        Action action(URI from) throws IOException {
            URI target;
            try {
                target = URI.create(String.valueOf(href));
            } catch (IllegalArgumentException e) {
                throw new IOException(HttpHost.shown(from) + ": sends us to what is no address", e);
            }
            String scheme = String.valueOf(target.getScheme());
            if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
                throw new IOException("%s: sends us to %s (expected: http or https)"
                        .formatted(HttpHost.shown(from), HttpHost.shown(target)));
            }
            return new Action(target, header == null ? Map.of() : header, expires());
        }

        /** The span goes before the time, since it does not need two clocks that agree. */
        private @Nullable Instant expires() throws IOException {
            if (expiresIn != null && expiresIn != 0) {
                return Instant.now().plusSeconds(expiresIn);
            }
            try {
                // Some servers write the first year where they mean never.
                Instant at = expiresAt == null
                        ? null
                        : OffsetDateTime.parse(expiresAt).toInstant();
                return at == null || at.isBefore(Instant.EPOCH) ? null : at;
            } catch (DateTimeException e) {
                throw new IOException(
                        "expires_at: %s (expected: a time such as 2026-11-21T10:15:30Z)".formatted(expiresAt), e);
            }
        }
    }
}

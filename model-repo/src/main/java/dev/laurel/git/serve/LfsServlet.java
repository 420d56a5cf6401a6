package dev.laurel.git.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.git.lfs.LfsObjectException;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.git.lfs.LfsStore;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The batch API of Git LFS with its basic transfer: {@code POST batch} says where each object is to be had or put, {@code GET} and {@code
 * PUT} on its id do it. Errors have the body that git-lfs shows to its user. See docs/api/batch.md and docs/api/basic-transfers.md of
 * git-lfs.
 */
final class LfsServlet extends HttpServlet {
    private static final String BATCH = "/batch";
    private static final String JSON = "application/vnd.git-lfs+json";
    private static final int UNPROCESSABLE = 422;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /** What git-lfs and browsers ask for: from a byte on, perhaps up to another. */
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

    private final transient LfsStore store;
    private final transient ServerAccess access;

    LfsServlet(LfsStore store, ServerAccess access) {
        this.store = store;
        this.access = access;
    }

    /** Every answer is one that git-lfs can read, that to a method which nothing here has too. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            super.service(request, response);
        } else {
            response.setHeader("Allow", String.join(", ", METHODS));
            fail(
                    response,
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                    "method: %s (expected: %s)".formatted(request.getMethod(), String.join(", ", METHODS)));
        }
    }

    private boolean admits(HttpServletRequest request, HttpServletResponse response, boolean write) throws IOException {
        return access.admits(request, response, write, (status, message) -> fail(response, status, message));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!BATCH.equals(request.getPathInfo())) {
            fail(response, HttpServletResponse.SC_NOT_FOUND, "no such address (expected: objects" + BATCH + ")");
            return;
        }
        Request batch = batch(request);
        if (batch == null) {
            fail(
                    response,
                    UNPROCESSABLE,
                    "not a batch request (expected: JSON with operation, and objects with oid and size each)");
            return;
        }
        if (!batch.operation.equals("upload") && !batch.operation.equals("download")) {
            fail(response, UNPROCESSABLE, "operation: " + batch.operation + " (expected: upload or download)");
            return;
        }
        if (!admits(request, response, batch.operation.equals("upload"))) {
            return;
        }
        // From the request, so that any port and any proxy will do.
        String url = request.getRequestURL().toString();
        String base = url.substring(0, url.length() - BATCH.length() + 1);
        List<Answered> objects = batch.objects.stream()
                .map(asked -> answer(batch.operation, asked, base))
                .toList();
        send(response, HttpServletResponse.SC_OK, new Response("basic", objects, "sha256"));
    }

    /** Null for anything that is none. */
    private static @Nullable Request batch(HttpServletRequest request) throws IOException {
        try {
            Request batch = MAPPER.readValue(request.getInputStream(), Request.class);
            return batch == null || batch.objects.stream().anyMatch(Objects::isNull) ? null : batch;
        } catch (JsonProcessingException | CharConversionException e) {
            return null;
        }
    }

    private Answered answer(String operation, Asked asked, String base) {
        boolean upload = operation.equals("upload");
        try {
            LfsPointer pointer = new LfsPointer(new Digest(asked.oid), asked.size);
            if (upload) {
                store.keep(pointer);
            } else {
                store.verify(pointer);
            }
            return upload ? asked.nothingToDo() : asked.act(operation, base);
        } catch (InvalidValueException e) {
            return asked.fail(UNPROCESSABLE, String.valueOf(e.getMessage()));
        } catch (LfsObjectException missingOrDamaged) {
            return upload
                    ? asked.act(operation, base)
                    : asked.fail(HttpServletResponse.SC_NOT_FOUND, String.valueOf(missingOrDamaged.getMessage()));
        } catch (IOException e) {
            return asked.fail(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Reason.of(e));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!admits(request, response, false)) {
            return;
        }
        Digest digest = digest(request, response);
        if (digest == null) {
            return;
        }
        long size = store.size(digest);
        if (size < 0) {
            fail(response, HttpServletResponse.SC_NOT_FOUND, digest + " is not here");
            return;
        }
        long first = 0;
        long last = size - 1;
        Matcher range = RANGE.matcher(String.valueOf(request.getHeader("Range")));
        if (range.matches()) {
            first = Long.parseLong(range.group(1));
            last = range.group(2) == null ? last : Math.min(last, Long.parseLong(range.group(2)));
            if (first > last) {
                response.setHeader("Content-Range", "bytes */" + size);
                fail(
                        response,
                        HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE,
                        "Range: beyond the end, " + size);
                return;
            }
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes %s-%s/%s".formatted(first, last, size));
        }
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(last - first + 1);
        try (FileChannel file = store.open(digest)) {
            WritableByteChannel out = Channels.newChannel(response.getOutputStream());
            for (long at = first; at <= last; ) {
                at += file.transferTo(at, last - at + 1, out);
            }
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!admits(request, response, true)) {
            return;
        }
        Digest digest = digest(request, response);
        if (digest == null) {
            return;
        }
        long size = request.getContentLengthLong();
        if (size < 0) {
            fail(response, HttpServletResponse.SC_LENGTH_REQUIRED, "Content-Length: missing (expected: the size)");
            return;
        }
        try {
            store.receive(new LfsPointer(digest, size), request.getInputStream());
        } catch (LfsObjectException e) {
            fail(response, UNPROCESSABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Null when there is none in the address, after saying so. */
    private static @Nullable Digest digest(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = String.valueOf(request.getPathInfo());
        try {
            return new Digest(path.startsWith("/") ? path.substring(1) : path);
        } catch (InvalidValueException e) {
            fail(response, HttpServletResponse.SC_NOT_FOUND, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static void fail(HttpServletResponse response, int status, String message) throws IOException {
        send(response, status, Map.of("message", message));
    }

    private static void send(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(JSON);
        response.getOutputStream().write(MAPPER.writeValueAsBytes(body));
    }

    private record Request(String operation, List<Asked> objects) {}

    private record Asked(String oid, long size) {
        Answered nothingToDo() {
            return new Answered(oid, size, null, null);
        }

        Answered act(String operation, String base) {
            return new Answered(oid, size, Map.of(operation, Map.of("href", base + oid)), null);
        }

        Answered fail(int code, String message) {
            return new Answered(oid, size, null, new Failure(code, message));
        }
    }

    private record Response(
            String transfer,
            List<Answered> objects,
            @JsonProperty("hash_algo") String hashAlgorithm) {}

    private record Answered(
            String oid,
            long size,
            @Nullable Map<String, Map<String, String>> actions,
            @Nullable Failure error) {}

    private record Failure(int code, String message) {}
}

package dev.laurel.registry.git;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
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
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final transient LfsStore store;

    LfsServlet(LfsStore store) {
        this.store = store;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!BATCH.equals(request.getPathInfo())) {
            fail(response, HttpServletResponse.SC_NOT_FOUND, "no such address (expected: objects" + BATCH + ")");
            return;
        }
        BatchRequest batch;
        try {
            batch = MAPPER.readValue(request.getInputStream(), BatchRequest.class);
        } catch (JsonProcessingException e) {
            fail(response, UNPROCESSABLE, "not a batch request: " + e.getOriginalMessage());
            return;
        }
        if (!batch.operation.equals("upload") && !batch.operation.equals("download")) {
            fail(response, UNPROCESSABLE, "operation: " + batch.operation + " (expected: upload or download)");
            return;
        }
        // From the request, so that any port and any proxy will do.
        String url = request.getRequestURL().toString();
        String base = url.substring(0, url.length() - BATCH.length() + 1);
        List<BatchObject> objects = batch.objects.stream()
                .map(asked -> answer(batch.operation, asked, base))
                .toList();
        send(response, HttpServletResponse.SC_OK, new BatchResponse("basic", objects, "sha256"));
    }

    private BatchObject answer(String operation, ObjectId asked, String base) {
        boolean upload = operation.equals("upload");
        try {
            store.verify(new LfsPointer(new Digest(asked.oid), asked.size));
            return upload ? asked.nothingToDo() : asked.act(operation, base);
        } catch (InvalidValueException e) {
            return asked.fail(UNPROCESSABLE, String.valueOf(e.getMessage()));
        } catch (LfsObjectException missingOrDamaged) {
            return upload
                    ? asked.act(operation, base)
                    : asked.fail(HttpServletResponse.SC_NOT_FOUND, String.valueOf(missingOrDamaged.getMessage()));
        } catch (IOException e) {
            return asked.fail(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.toString());
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Digest digest = digest(request, response);
        if (digest == null) {
            return;
        }
        long size = store.size(digest);
        if (size < 0) {
            fail(response, HttpServletResponse.SC_NOT_FOUND, digest + " is not here");
            return;
        }
        response.setContentType("application/octet-stream");
        response.setContentLengthLong(size);
        Files.copy(store.file(digest), response.getOutputStream());
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
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

    private record BatchRequest(String operation, List<ObjectId> objects) {}

    private record ObjectId(String oid, long size) {
        BatchObject nothingToDo() {
            return new BatchObject(oid, size, null, null);
        }

        BatchObject act(String operation, String base) {
            return new BatchObject(oid, size, Map.of(operation, Map.of("href", base + oid)), null);
        }

        BatchObject fail(int code, String message) {
            return new BatchObject(oid, size, null, new Failure(code, message));
        }
    }

    private record BatchResponse(
            String transfer,
            List<BatchObject> objects,
            @JsonProperty("hash_algo") String hashAlgorithm) {}

    private record BatchObject(
            String oid,
            long size,
            @Nullable Map<String, Map<String, String>> actions,
            @Nullable Failure error) {}

    private record Failure(int code, String message) {}
}

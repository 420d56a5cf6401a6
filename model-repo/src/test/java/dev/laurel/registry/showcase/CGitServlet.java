package dev.laurel.registry.showcase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A repository served by {@code git http-backend}, as Git hosts do. */
final class CGitServlet extends HttpServlet {
    private final transient CommandLine git;
    private final transient Path bare;

    public CGitServlet(CommandLine git, Path bare) {
        this.git = git;
        this.bare = bare;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> cgi = new HashMap<>(Map.of(
                "GIT_PROJECT_ROOT", bare.getParent().toString(),
                "GIT_HTTP_EXPORT_ALL", "1",
                "PATH_INFO", request.getPathInfo(),
                "QUERY_STRING", String.valueOf(request.getQueryString()),
                "REQUEST_METHOD", request.getMethod(),
                "REMOTE_USER", "alice",
                "CONTENT_TYPE", String.valueOf(request.getContentType())));
        if (request.getHeader("Git-Protocol") != null) {
            cgi.put("GIT_PROTOCOL", request.getHeader("Git-Protocol"));
        }
        if (request.getHeader("Content-Encoding") != null) {
            cgi.put("HTTP_CONTENT_ENCODING", request.getHeader("Content-Encoding"));
        }
        byte[] body = request.getInputStream().readAllBytes();
        cgi.put("CONTENT_LENGTH", String.valueOf(body.length));
        Process backend = git.start(cgi, "git", "http-backend");
        try (OutputStream in = backend.getOutputStream()) {
            in.write(body);
        }
        try (InputStream out = backend.getInputStream()) {
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                if (line.startsWith("Status:")) {
                    response.setStatus(Integer.parseInt(value.substring(0, 3)));
                } else {
                    response.setHeader(line.substring(0, colon), value);
                }
            }
            out.transferTo(response.getOutputStream());
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            line.write(each);
        }
        return line.toString(ISO_8859_1).strip();
    }
}

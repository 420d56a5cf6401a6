package dev.laurel.git.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Expect;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Who may read a models repository through its servlets, and who may push. Shows no secret. */
public final class ServerAccess {
    private static final String ASK = "Basic realm=\"Laurel\", charset=\"UTF-8\"";

    private final boolean readsNeedIt;
    private final boolean writable;
    private final byte @Nullable [] token;

    private ServerAccess(boolean readsNeedIt, boolean writable, byte @Nullable [] token) {
        this.readsNeedIt = readsNeedIt;
        this.writable = writable;
        this.token = token;
    }

    /** For everybody who reaches the server: for addresses that only this machine reaches. */
    public static ServerAccess open() {
        return new ServerAccess(false, true, null);
    }

    /** Everybody may read, and nobody may push. */
    public static ServerAccess readOnly() {
        return new ServerAccess(false, false, null);
    }

    /**
     * Pushes need a token: as the password of any user, or as a bearer.
     *
     * @param readsToo whether reads need it as well
     */
    public static ServerAccess token(String token, boolean readsToo) {
        Expect.notBlank("token", token);
        return new ServerAccess(readsToo, true, token.getBytes(UTF_8));
    }

    /** Says no, in the form that the client reads. */
    interface Refusal {
        void say(int status, String message) throws IOException;
    }

    /** Whether the request may be answered; when not, it has been told why. */
    boolean admits(HttpServletRequest request, HttpServletResponse response, boolean write, Refusal refusal)
            throws IOException {
        if (write && !writable) {
            refusal.say(
                    HttpServletResponse.SC_FORBIDDEN,
                    "this server takes no pushes: it was started without a token for them");
            return false;
        }
        if (token != null && (write || readsNeedIt) && !MessageDigest.isEqual(token, password(request))) {
            response.setHeader("WWW-Authenticate", ASK);
            // What git-lfs looks at first.
            response.setHeader("LFS-Authenticate", ASK);
            refusal.say(HttpServletResponse.SC_UNAUTHORIZED, "a token is needed here, as the password of any user");
            return false;
        }
        return true;
    }

    private static byte[] password(HttpServletRequest request) {
        String header = String.valueOf(request.getHeader("Authorization"));
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).strip().getBytes(UTF_8);
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String login = new String(
                        Base64.getDecoder().decode(header.substring(6).strip()), UTF_8);
                return login.substring(login.indexOf(':') + 1).getBytes(UTF_8);
            } catch (IllegalArgumentException notBase64) {
                return new byte[0];
            }
        }
        return new byte[0];
    }
}

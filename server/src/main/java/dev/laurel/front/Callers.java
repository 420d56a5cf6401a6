package dev.laurel.front;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may ask for predictions, and how often: everybody, or those with a token or a certificate. */
public final class Callers {
    private static final String FILE = "LAUREL_TOKENS_FILE";
    private static final String VARIABLE = "LAUREL_TOKENS";
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");

    private final @Nullable Mounted<Tokens> tokens;
    private final boolean certificates;
    private final int rate;
    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    /** Whether a caller is let in. */
    public enum Verdict {
        WELCOME,
        UNKNOWN,
        TOO_OFTEN
    }

    private Callers(@Nullable Mounted<Tokens> tokens, boolean certificates, int rate) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.rate = rate;
    }

    /**
     * @param environment has {@code LAUREL_TOKENS_FILE}, which is read anew when it changes, or {@code LAUREL_TOKENS}, or neither
     * @param certificates whether a client's certificate does as well
     */
    static Callers of(Map<String, String> environment, boolean certificates, Limits limits) {
        String file = environment.getOrDefault(FILE, "");
        String text = environment.getOrDefault(VARIABLE, "");
        Mounted<Tokens> tokens = null;
        if (!file.isBlank()) {
            Path path = Path.of(file);
            tokens = new Mounted<>(List.of(path), () -> Tokens.in(FILE, path));
        } else if (!text.isBlank()) {
            tokens = new Mounted<>(List.of(), () -> Tokens.of(VARIABLE, text.replace(',', '\n')));
        }
        return new Callers(tokens, certificates, limits.get(Limit.RATE));
    }

    /**
     * @param authorization as the header has it
     * @param certificate whether the connection showed one that was verified
     */
    public Verdict judge(@Nullable String authorization, boolean certificate) {
        if (tokens == null) {
            return certificates && !certificate ? Verdict.UNKNOWN : Verdict.WELCOME;
        }
        Optional<String> owner = bearer(authorization).flatMap(tokens.get()::owner);
        if (owner.isEmpty()) {
            return certificates && certificate ? Verdict.WELCOME : Verdict.UNKNOWN;
        }
        return rates.computeIfAbsent(owner.get(), name -> new Rate(rate, System::nanoTime))
                        .take()
                ? Verdict.WELCOME
                : Verdict.TOO_OFTEN;
    }

    private static Optional<String> bearer(@Nullable String authorization) {
        Matcher form = BEARER.matcher(authorization == null ? "" : authorization);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    /** What those who are not let in have to bring. */
    public String expected() {
        if (tokens == null) {
            return "a certificate of a client";
        }
        return "Authorization: Bearer and a token of this server" + (certificates ? ", or a certificate" : "");
    }

    /** What those who come too often have to keep to. */
    public String allowed() {
        return "at most %s requests a second".formatted(rate);
    }
}

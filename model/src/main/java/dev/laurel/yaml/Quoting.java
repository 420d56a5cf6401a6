package dev.laurel.yaml;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Set;

/** Quotes, and so escapes, text with characters that do not show or that YAML would fold, beside all that Jackson quotes. */
final class Quoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1;

    private static final Set<Byte> HIDDEN =
            Set.of(Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);

    @Override
    public boolean needToQuoteValue(String value) {
        return super.needToQuoteValue(value)
                || value.codePoints().anyMatch(c -> c != '\n' && HIDDEN.contains((byte) Character.getType(c)));
    }
}

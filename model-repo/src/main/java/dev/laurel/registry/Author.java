package dev.laurel.registry;

import dev.laurel.git.sign.SigningKey;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a commit.
 *
 * @param key what it is signed with; absent where it is not
 */
public record Author(String name, String email, @Nullable SigningKey key) {
    public Author {
        Expect.that(!name.isBlank() && name.matches("[^<>\\p{Cntrl}]+"), "author", name, "a name without < and >");
        Expect.that(email.matches("[^<>\\s\\p{Cntrl}]+"), "e-mail", email, "an address without < and >");
    }

    public Author(String name, String email) {
        this(name, email, null);
    }

    /**
     * The same, who signs with the key that {@code LAUREL_SIGNING_KEY} names, if it does.
     *
     * @throws InvalidValueException when that is no private key, or {@code LAUREL_SIGNING_PASSPHRASE} does not open it
     */
    public Author signing(Map<String, String> environment) {
        return new Author(name, email, SigningKey.named(environment).orElse(null));
    }
}

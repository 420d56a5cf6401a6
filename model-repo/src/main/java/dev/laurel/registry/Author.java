package dev.laurel.registry;

import dev.laurel.model.Expect;

/** Who makes a commit. */
public record Author(String name, String email) {
    public Author {
        Expect.that(!name.isBlank() && name.matches("[^<>\\p{Cntrl}]+"), "author", name, "a name without < and >");
        Expect.that(email.matches("[^<>\\s\\p{Cntrl}]+"), "e-mail", email, "an address without < and >");
    }
}

package dev.laurel.registry.sign;

import dev.laurel.model.Expect;
import java.util.List;

/**
 * Somebody who may sign commits on main.
 *
 * @param name for people; one name may stand beside several keys
 * @param key a public key in a form that Git uses: a line of SSH's, or an ASCII-armored OpenPGP key
 */
public record Signer(String name, String key, List<Role> roles) {
    public Signer {
        Expect.that(
                name.matches("[^\\p{Cntrl}]{1,100}") && !name.isBlank(), "name", "'" + name + "'", "1..100 characters");
        Expect.notBlank("key", key);
        Expect.notEmpty("roles", roles);
        roles = List.copyOf(roles);
    }

    boolean may(Role role) {
        return roles.contains(role) || roles.contains(Role.MAINTAIN);
    }
}

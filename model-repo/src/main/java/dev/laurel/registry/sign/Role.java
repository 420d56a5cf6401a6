package dev.laurel.registry.sign;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.laurel.model.Environment;
import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.layout.Layout;

/**
 * What a signer may do: {@code register} versions, {@code promote:production} and so move the pins of that environment, or {@code maintain}
 * all there is, since whoever may change {@code laurel.yaml} can take every other role.
 */
public record Role(String name) implements Comparable<Role> {
    static final Role REGISTER = new Role("register");
    static final Role MAINTAIN = new Role("maintain");
    private static final String PROMOTE = "promote:";

    public static Role promote(Environment environment) {
        return new Role(PROMOTE + environment);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Role parse(String name) {
        if (name.startsWith(PROMOTE)) {
            return promote(new Environment(name.substring(PROMOTE.length())));
        }
        if (name.equals(REGISTER.name) || name.equals(MAINTAIN.name)) {
            return new Role(name);
        }
        throw new InvalidValueException("role", name, "register, promote:<environment> or maintain");
    }

    /** The role that it takes to add, change or remove what stands at a path. */
    static Role toChange(String path) {
        String[] names = path.split("/", -1);
        if ((names[0].equals(Layout.DATA) && names.length > 1)
                || (names[0].equals(Layout.MODELS)
                        && names.length > 3
                        && (names[2].equals(Layout.VERSIONS) || names[2].equals(Layout.DRIFT)))) {
            return REGISTER;
        }
        if (names[0].equals(Layout.ENVIRONMENTS)
                && names.length == 4
                && (names[3].equals(Layout.PIN)
                        || names[3].equals(Layout.CHALLENGER)
                        || names[3].equals(Layout.RELEASE)
                        || names[3].equals(Layout.HELD))) {
            try {
                return promote(new Environment(names[1]));
            } catch (InvalidValueException noEnvironmentOfOurs) {
                return MAINTAIN;
            }
        }
        return MAINTAIN;
    }

    @Override
    public int compareTo(Role other) {
        return name.compareTo(other.name);
    }

    @JsonValue
    @Override
    public String toString() {
        return name;
    }
}

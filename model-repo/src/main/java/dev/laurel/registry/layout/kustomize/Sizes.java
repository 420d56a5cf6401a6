package dev.laurel.registry.layout.kustomize;

import dev.laurel.model.Environment;
import java.util.Locale;
import java.util.stream.Stream;

/** How large the server of an environment begins; afterwards its files are the owner's. */
public enum Sizes {
    /** One or two small pods of each model, asked through a NodePort. */
    LOCAL,
    STAGING,
    /** Two to ten pods of each model, on different nodes where there are. */
    PRODUCTION;

    /** Those of that name, or production's. */
    public static Sizes of(Environment environment) {
        return Stream.of(values())
                .filter(sizes -> sizes.folder().equals(environment.value()))
                .findFirst()
                .orElse(PRODUCTION);
    }

    /** Its folder in {@code manifests/overlays}. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}

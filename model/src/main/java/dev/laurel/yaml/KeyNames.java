package dev.laurel.yaml;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;

/** Components in snake_case, those called {@code isSo} as {@code so}: {@code private} is a word that Java keeps for itself. */
final class KeyNames extends SnakeCaseStrategy {
    private static final long serialVersionUID = 1;

    static final KeyNames INSTANCE = new KeyNames();

    @Override
    public String translate(String component) {
        String key = super.translate(component);
        return key.startsWith("is_") ? key.substring("is_".length()) : key;
    }
}
